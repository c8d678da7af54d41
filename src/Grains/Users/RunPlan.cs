using System.Collections.Immutable;
using Alerts.Email;

namespace Alerts.Users;

/// <summary>What a check leads to. Pure.</summary>
public sealed record RunPlan(UserState Next, bool MustWrite)
{
    /// <summary></summary>
    public static long KnownVersion(UserState u, SearchSettings s, string q) => 0;
    /// <summary></summary>
    public static RunPlan Make(UserState before, IReadOnlyList<SearchAnswer> answers, DateTimeOffset now, TimeSpan period, string id)
    {
        var sections = before.Settings.Searches.Select((s, i) => (s, a: answers[i])).Where(x => x.a.Snapshot is not null).Select(x => new NotificationSection
        { SearchId = x.s.Id!, Phrase = x.s.Phrase, Marketplace = x.s.Marketplace, FetchedAt = x.a.FetchedAt!.Value, Total = x.a.Snapshot!.Total, Items = [.. x.a.Snapshot.Listings.Take(20).Select(l => new NewsItem { Kind = NewsKind.Listed, Listing = l })] }).ToImmutableArray();
        var next = before with { NextDue = now + period, LastNotification = before.LastNotification + 1, Outbox = new OutboxEntry { Notification = new Notification { Id = $"{id}.{before.LastNotification + 1}", Kind = NotificationKind.EveryCheck, CreatedAt = now, Sections = sections } } };
        return new(next, true);
    }
}
