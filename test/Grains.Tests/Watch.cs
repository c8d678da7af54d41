using System.Collections.Immutable;
using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;

namespace Alerts.Tests;

/// <summary>One search of one user, step by step, two minutes apart; a mail names what there is room for each time.</summary>
sealed class Watch(AlertRules? rules = null, NotifyMode notify = NotifyMode.Changes)
{
    public SearchSettings Search { get; set; } = Some.SearchFor(rules: rules);

    public SearchMemory Memory { get; set; } = new() { SearchId = "s-00000001", Query = "EBAY_US?q=iphone%2013" };

    public DateTimeOffset Now { get; set; } = Some.Noon;

    /// <summary>How old eBay's answer is when it is compared.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>What eBay says matches in all; null for as many as it lists.</summary>
    public int? Total { get; set; }

    public int MaxSeen { get; set; } = 500;

    public ComparisonResult Last { get; private set; } = null!;

    /// <summary>The newest listings, where the cheapest are not everything.</summary>
    public IEnumerable<Listing> Newest { get; set; } = [];

    public ImmutableArray<NewsItem> Sees(params IEnumerable<Listing> listings)
    {
        var snapshot = Some.Snapshot(Now - Age, Total, listings) with { Newest = [.. Newest] };
        Last = Comparison.Compare(Search, Memory, snapshot, notify, Now, new NotifiedListings([Memory]), MaxSeen);
        var found = new SearchNews(Search, snapshot, Last);
        var section = found.Naming(Last.News);
        Memory = found.IsOwed ? Last.Next.Notified(section, Now) : Last.Next;
        Now += TimeSpan.FromMinutes(2);
        return section.Items;
    }

    /// <summary>The news in short: <c>PriceDrop 7 100→80</c>.</summary>
    public IEnumerable<string> Tells(params IEnumerable<Listing> listings) => Sees(listings).Select(InShort).ToList();

    public static string InShort(NewsItem item) => item.PreviousPrice is { } was
        ? FormattableString.Invariant($"{item.Kind} {item.Listing.ListingNumber} {was.Value:0.##}→{item.Listing.SellerPrice.Value:0.##}")
        : FormattableString.Invariant($"{item.Kind} {item.Listing.ListingNumber}");
}
