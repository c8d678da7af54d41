using System.Collections.Immutable;
using Alerts.Configuration;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;

namespace Alerts.Tests;

/// <summary>Values for tests that care for one thing about them.</summary>
static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public const string AnnId = "u-0123456789abcdef0123456789abcdef";

    public static Listing Listing(
        long number, decimal price = 100, string currency = "USD", decimal? shown = null, string? title = null, string? seller = "seller",
        bool auction = false, DateTimeOffset? created = null, DateTimeOffset? ends = null, string variation = "0") => new()
    {
        ItemId = $"v1|{number}|{variation}",
        ListingNumber = number,
        Title = title ?? $"Listing number {number}",
        Price = new Money(shown ?? price, "USD"),
        SellerPrice = new Money(price, currency),
        BuyingOptions = [auction ? "AUCTION" : "FIXED_PRICE"],
        Url = $"https://www.ebay.com/itm/{number}",
        Seller = seller,
        CreatedAt = created,
        EndsAt = ends,
    };

    /// <summary>A result whose version follows from its content, as the search's does.</summary>
    public static SearchSnapshot Snapshot(DateTimeOffset at, int? total, params IEnumerable<Listing> listings)
    {
        ImmutableArray<Listing> found = [.. listings];
        return new SearchSnapshot { Version = SnapshotVersion.Of(found), FetchedAt = at, Listings = found, Total = total ?? found.Length };
    }

    public static SearchSettings SearchFor(string phrase = "iphone 13", string id = "s-00000001", AlertRules? rules = null) =>
        new() { Id = id, Phrase = phrase, Rules = rules ?? AlertRules.Default };

    public static UserSettings Choosing(params ImmutableArray<SearchSettings> searches) => new()
    {
        Email = "ann@example.org", FrequencyMinutes = 2, Searches = searches.IsEmpty ? [SearchFor()] : searches,
    };

    /// <summary>A check of Ann with these answers of her searches.</summary>
    public static RunPlan Plan(UserState user, DateTimeOffset now, params SearchAnswer[] answers) =>
        RunPlan.Make(user, [.. SearchQuery.KeysOf(user.Settings)], answers, now, AlertsOptions.StandardReminderPeriod, AnnId);

    public static UserState User(UserSettings? settings = null) => new()
    {
        Settings = settings ?? Choosing(), Version = 1, CreatedAt = Noon, Phase = Noon, NextDue = Noon,
    };
}
