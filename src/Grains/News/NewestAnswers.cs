using Alerts.Search;

namespace Alerts.News;

/// <summary>
/// Merges the answers of one user's searches. Searches ask eBay at different moments. When several found one item in one marketplace, the
/// newest answer counts for all of them. Otherwise a search would show a price that another search knows to be outdated. Pure.
/// </summary>
static class NewestAnswers
{
    /// <summary>The answers, with each item as the newest of them shows it.</summary>
    /// <param name="marketplaces">The marketplace of each search: an item's price, shipping and page differ between marketplaces.</param>
    public static IReadOnlyList<SearchAnswer> Of(IReadOnlyList<SearchAnswer> answers, IReadOnlyList<string> marketplaces)
    {
        if (answers.Count(HasContent) < 2)
            return answers;
        var newest = new Dictionary<(string Marketplace, string Item), Listing>();
        foreach (var i in Enumerable.Range(0, answers.Count).Where(i => HasContent(answers[i]))
            .OrderByDescending(i => answers[i].Snapshot!.FetchedAt))
        {
            foreach (var listing in answers[i].Snapshot!.Listings.Concat(answers[i].Snapshot!.Newest))
                newest.TryAdd((marketplaces[i], listing.ItemId), listing);
        }

        return [.. answers.Select((answer, i) => HasContent(answer) ? answer with { Snapshot = Of(answer.Snapshot!, marketplaces[i]) }
            : answer)];

        SearchSnapshot Of(SearchSnapshot snapshot, string marketplace) => snapshot with
        {
            Listings = [.. snapshot.Listings.Select(listing => newest[(marketplace, listing.ItemId)])],
            Newest = [.. snapshot.Newest.Select(listing => newest[(marketplace, listing.ItemId)])],
        };
    }

    static bool HasContent(SearchAnswer answer) => answer is { Failure: null, Snapshot: not null };
}
