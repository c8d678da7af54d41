using Alerts.Search;

namespace Alerts.News;

/// <summary>
/// What several searches of one user found, brought together: they ask eBay at different moments, and of an item that several found in one
/// marketplace the newest answer counts for all. Otherwise one search would show a price that another knows to be past. Pure.
/// </summary>
static class NewestAnswers
{
    /// <summary>The answers with every item as the newest of them has it.</summary>
    /// <param name="answers">One for each search.</param>
    /// <param name="marketplaces">The marketplace of each search: price, shipping and page of an item differ between marketplaces.</param>
    public static IReadOnlyList<SearchAnswer> Of(IReadOnlyList<SearchAnswer> answers, IReadOnlyList<string> marketplaces)
    {
        if (answers.Count(HasContent) < 2)
            return answers;
        var newest = new Dictionary<(string Marketplace, string Item), Listing>();
        foreach (var i in Enumerable.Range(0, answers.Count).Where(i => HasContent(answers[i])).OrderByDescending(i => answers[i].Snapshot!.FetchedAt))
        {
            foreach (var listing in answers[i].Snapshot!.Listings.Concat(answers[i].Snapshot!.Newest))
                newest.TryAdd((marketplaces[i], listing.ItemId), listing);
        }

        return [.. answers.Select((answer, i) => HasContent(answer) ? answer with { Snapshot = Of(answer.Snapshot!, marketplaces[i]) } : answer)];

        SearchSnapshot Of(SearchSnapshot snapshot, string marketplace) => snapshot with
        {
            Listings = [.. snapshot.Listings.Select(listing => newest[(marketplace, listing.ItemId)])],
            Newest = [.. snapshot.Newest.Select(listing => newest[(marketplace, listing.ItemId)])],
        };
    }

    static bool HasContent(SearchAnswer answer) => answer is { Failure: null, Snapshot: not null };
}
