using System.Collections.Immutable;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.Tests;

/// <summary>One search of one user, step by step, two minutes apart.</summary>
sealed class Watch(AlertRules? rules = null, NotifyMode notify = NotifyMode.Changes)
{
    public SearchSettings Search { get; set; } = Some.SearchFor(rules: rules);

    public SearchMemory Memory { get; set; } = new() { SearchId = "s-00000001", Query = "EBAY_US?q=iphone%2013" };

    public DateTimeOffset Now { get; set; } = Some.Noon;

    /// <summary>What eBay says matches in all; null for as many as it lists.</summary>
    public int? Total { get; set; }

    public int MaxSeen { get; set; } = 500;

    public ComparisonResult Last { get; private set; } = null!;

    public ImmutableArray<NewsItem> Sees(params IEnumerable<Listing> listings)
    {
        Last = Comparison.Compare(Search, Memory, Some.Snapshot(Now, Total, listings), notify, Now, new NotifiedListings([Memory]), MaxSeen);
        Memory = Last.Next;
        Now += TimeSpan.FromMinutes(2);
        return Last.News;
    }

    /// <summary>The news in short: <c>PriceDrop 7 100→80</c>.</summary>
    public IEnumerable<string> Tells(params IEnumerable<Listing> listings) => Sees(listings).Select(InShort).ToList();

    public static string InShort(NewsItem item) => item.PreviousPrice is { } was
        ? FormattableString.Invariant($"{item.Kind} {item.Listing.ListingNumber} {was.Value:0.##}→{item.Listing.SellerPrice.Value:0.##}")
        : FormattableString.Invariant($"{item.Kind} {item.Listing.ListingNumber}");
}
