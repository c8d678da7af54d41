using System.Collections.Immutable;
using Alerts.Search;
using Alerts.State;
using Alerts.Users.Feeds;

namespace Alerts.Users.Feeds;

/// <summary>The Atom feed of a user: present results, as far as they are known without asking eBay.</summary>
static class UserFeed
{
    /// <summary>Listings in a feed; the oldest are left out.</summary>
    public const int MaxItems = 100;

    /// <summary>More than one answer of eBay holds: the newest are chosen from all of them.</summary>
    const int MaxListings = 1_000;

    /// <summary>The parts of a feed's address.</summary>
    public static FeedAddress AddressOf(UserState user) =>
        new(user.TokenGeneration, user.FeedKey, [.. user.Settings.Searches.Select(search => new FeedSearch(search.Id!, search.Phrase))]);

    /// <summary>The content of a feed; null when the user has no such search.</summary>
    public static async Task<FeedContent?> ReadAsync(
        IGrainFactory grains, UserState user, string? searchId, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var wanted = user.Settings.Searches.Where(search => searchId is null || search.Id == searchId).ToImmutableArray();
        if (wanted.IsEmpty)
            return null;
        var isServed = user.Status is UserStatus.Active or UserStatus.Suppressed;
        var asked = user with { Settings = user.Settings with { Searches = [.. wanted.Where(search => isServed && !search.Paused)] } };
        // A snapshot too old to be shown has no listings here.
        var results = await ResultsReader.PeekAsync(grains, asked, MaxListings, now, reminderPeriod);
        return new FeedContent
        {
            Language = user.Settings.Language,
            TimeZone = user.Settings.TimeZone,
            CreatedAt = user.CreatedAt,
            IsServed = isServed,
            Phrase = searchId is null ? null : wanted[0].Phrase,
            Items = [.. results.SelectMany(result => ItemsOf(user, result)).OrderByDescending(item => item.UpdatedAt)
                .ThenByDescending(item => item.Listing.ListingNumber).Take(MaxItems)],
        };
    }

    static IEnumerable<FeedItem> ItemsOf(UserState user, SearchResults result)
    {
        var since = user.Searches.FirstOrDefault(memory => memory.SearchId == result.SearchId)?.Seen
            .ToLookup(seen => seen.Number, seen => seen.ReferenceSince);
        // Variations of one listing have the same number; the cheapest comes first.
        return result.Listings.DistinctBy(listing => listing.ListingNumber).Select(listing => new FeedItem(
            result.SearchId, result.Phrase, listing,
            since?[listing.ListingNumber].FirstOrDefault() ?? listing.CreatedAt ?? user.CreatedAt));
    }
}
