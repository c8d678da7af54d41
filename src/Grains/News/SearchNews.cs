using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.News;

/// <summary>What a check found of one search.</summary>
sealed record SearchNews(SearchSettings Search, SearchSnapshot Snapshot, ComparisonResult Result)
{
    public string SearchId => Result.Next.SearchId;

    /// <summary>How often eBay is asked, when that is less often than the user chose; otherwise null.</summary>
    public SearchPace? Pace { get; init; }

    /// <summary>Whether a mail must be sent for this search.</summary>
    public bool IsOwed => Result.IsFirst || Result.News.Count > 0 || Result.Next.PassedOver > 0;

    /// <summary>Whether the news waits for no pause: a target price is reached, or an auction ends.</summary>
    public bool IsUrgent(DateTimeOffset now) =>
        Result.News.Any(item => item.IsEnding || TargetPrice.IsSet(Search.Rules)
            || EndingAuction.MinutesLeft(item.Listing, now) is not null);

    /// <summary>A mail's section with these items.</summary>
    public NotificationSection Naming(IReadOnlyCollection<NewsItem> items) => new()
    {
        SearchId = SearchId,
        Phrase = Search.Phrase,
        Marketplace = Search.Marketplace,
        FetchedAt = Snapshot.FetchedAt,
        Total = Snapshot.Total,
        Items = [.. NewsChoice.Of(items)],
        PassedOver = Result.Next.PassedOver,
        IsFirst = Result.IsFirst,
        Pace = Pace,
        Scope = new SectionScope(Snapshot.WatchedCheapest, Snapshot.MissedSome),
    };
}
