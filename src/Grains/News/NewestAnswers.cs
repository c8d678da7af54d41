using Alerts.Search;

namespace Alerts.News;

/// <summary>
/// What several searches of one user found, brought together: they ask eBay at different moments, and of an item that several found
/// the newest answer counts for all. Otherwise one search would tell a price that another knows to be past. Pure.
/// </summary>
static class NewestAnswers
{
    /// <summary>The answers with every item as the newest of them has it.</summary>
    public static IReadOnlyList<SearchAnswer> Of(IReadOnlyList<SearchAnswer> answers)
    {
        if (answers.Count(HasContent) < 2)
            return answers;
        var newest = new Dictionary<string, Listing>(StringComparer.Ordinal);
        foreach (var answer in answers.Where(HasContent).OrderByDescending(answer => answer.Snapshot!.FetchedAt))
        {
            foreach (var listing in answer.Snapshot!.Listings)
                newest.TryAdd(listing.ItemId, listing);
        }

        return [.. answers.Select(answer => HasContent(answer) ? answer with { Snapshot = Of(answer.Snapshot!, newest) } : answer)];
    }

    static SearchSnapshot Of(SearchSnapshot snapshot, Dictionary<string, Listing> newest) =>
        snapshot.Listings.All(listing => ReferenceEquals(newest[listing.ItemId], listing))
            ? snapshot
            : snapshot with { Listings = [.. snapshot.Listings.Select(listing => newest[listing.ItemId])] };

    static bool HasContent(SearchAnswer answer) => answer is { Failure: null, Snapshot: not null };
}
