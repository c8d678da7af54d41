using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// The outcome of a check. Pure: the grain stores <see cref="Next"/> in one write, seen listings and mail together, and then sends the mail
/// in the outbox. Planned again after a crash from the same state, it has the same outcome.
/// </summary>
public sealed record RunPlan
{
    /// <summary>
    /// A user checked less often than this has <see cref="UserHead.NextDue"/> written at every check. For others a restart only causes one
    /// extra check.
    /// </summary>
    const int DurableNextDueMinutes = 60;

    public required UserState Next { get; init; }

    /// <summary>
    /// False when a restart that lost <see cref="Next"/> would find the same again and name nothing twice: then no write is needed.
    /// </summary>
    public required bool MustWrite { get; init; }

    /// <summary>What a user's search needs from eBay. A user without an answer waits for the first one.</summary>
    public static Asker AskerOf(UserState user, SearchSettings search, string query, double part, DateTimeOffset now) =>
        MemoryOf(user, search, query) is { } memory
            ? new(KnownVersion(user, search, query, now), memory.LastSuccess is null, part) 
            {
                SeenVersion = memory.SnapshotVersion, SeenAt = memory.LastSuccess, Pages = search.Pages(),
            }
            : new(0, IsWaitedFor: true, part) { Pages = search.Pages() };

    /// <summary>The known version to send with the question; 0 when the listings are needed even if they are unchanged.</summary>
    public static long KnownVersion(UserState user, SearchSettings search, string query, DateTimeOffset now)
    {
        if (user.Settings.Notify is NotifyMode.EveryCheck || MemoryOf(user, search, query) is not { } memory)
            return 0;
        if (IsEndingDue(user, search, memory, now))
            return 0;
        // Waiting news is looked up again when a mail may be sent, and in quiet hours when its auction ends soon.
        var isReleased = user.Outbox is null && (user.WaitingSince is not null || !user.Waiting.IsEmpty)
            && (user.Settings.EndingInQuietHours || Schedule.IsReleased(user, now));
        return isReleased || RunPlanMail.IsAging(user.Outbox, now) || ChannelNews.IsAging(user, now) ? 0 : memory.SnapshotVersion;
    }

    /// <summary>
    /// Whether to ask eBay again before a mail names an auction that ends soon: bids and prices change most near the end.
    /// </summary>
    public static bool NeedsRefresh(UserState user, SearchSettings search, string query, DateTimeOffset now) =>
        user.Outbox is null && MemoryOf(user, search, query) is { } memory && IsEndingDue(user, search, memory, now)
        && Schedule.IsReleased(user, now, isFirst: false, isUrgent: true, isEnding: true);

    static bool IsEndingDue(UserState user, SearchSettings search, SearchMemory memory, DateTimeOffset now) =>
        search.Rules.EndingWithinMinutes is not null && !search.Paused
        && (memory.NextEnding <= now
            || (memory.EndingWaits && Schedule.IsReleased(user, now, isFirst: false, isUrgent: true, isEnding: true)));

    /// <summary>How often a search is tried again that more listings match than eBay can sort.</summary>
    static readonly TimeSpan tooLargePause = TimeSpan.FromDays(1);

    /// <summary>
    /// The answer while a search is paused because more listings match than eBay can sort; null when eBay is to be asked.
    /// </summary>
    public static SearchAnswer? WhileTooLarge(UserState user, SearchSettings search, string query, DateTimeOffset now) =>
        MemoryOf(user, search, query) is { TooLargeAt: { } at, LastFailure: { } failure } && IsPause(at, now)
            ? new SearchAnswer { IsTooLarge = true, Failure = failure }
            : null;

    /// <summary>
    /// Plans a check. <paramref name="queries"/> and <paramref name="answers"/> follow the order of the user's searches;
    /// <paramref name="fit"/> cuts sections to what a mail can show, null cuts nothing.
    /// </summary>
    public static RunPlan Make(
        UserState before, IReadOnlyList<string> queries, IReadOnlyList<SearchAnswer> answers, DateTimeOffset now, TimeSpan reminderPeriod,
            string userId,
        Func<IReadOnlyList<NotificationSection>, IReadOnlyList<NotificationSection>>? fit = null)
    {
        var searches = before.Settings.Searches;
        ArgumentOutOfRangeException.ThrowIfNotEqual(answers.Count, searches.Length);
        answers = NewestAnswers.Of(answers, [.. searches.Select(search => search.Marketplace)]);
        var isComparable = answers.Select(answer => IsComparable(answer, now)).ToArray();
        var remembered = searches.Select((search, i) => Remembered(before, search, queries[i], isComparable[i])).ToArray();
        var notified = new NotifiedListings(remembered, UnsentOf(before.Outbox));
        var memories = new SearchMemory[searches.Length];
        var news = new List<SearchNews>();
        var learnt = false;
        var chosen = Schedule.Interval(before.Settings, reminderPeriod);
        for (var i = 0; i < searches.Length; i++)
        {
            var memory = remembered[i];
            if (isComparable[i])
            {
                var snapshot = answers[i].Snapshot!;
                var result = Comparison.Compare(searches[i], memory, snapshot, before.Settings.Notify, now, notified);
                learnt |= result.MustWrite;
                if (IsWanted(before.Settings, memory, snapshot, now))
                {
                    var slower = answers[i].Pace is { } pace && pace.Interval > chosen ? pace : null;
                    news.Add(new SearchNews(searches[i], snapshot, result) { Pace = slower });
                }

                learnt |= memory.TooLargeAt is not null;
                memory = result.Next with { TooLargeAt = null, OwesTooLarge = false };
            }
            else
            {
                memory = WithoutContent(memory, answers[i], now);
                learnt |= memory.TooLargeAt != remembered[i].TooLargeAt;
            }

            memories[i] = memory with { NextFetch = answers[i].NextFetch };
        }

        var user = before with
        {
            Searches = [.. memories],
            Status = before.Status is UserStatus.Suppressed ? UserStatus.Suppressed : UserStatus.Active,
            SnoozedUntil = null,
            Waiting = [],
            WaitingSince = before.Waiting.IsEmpty ? before.WaitingSince : before.WaitingSince ?? now,
        };
        var mailed = RunPlanMail.Add(user, news, isComparable, now, reminderPeriod, userId, fit ?? (sections => sections));
        var next = mailed with
        {
            NextDue = Schedule.NextDue(mailed, now, reminderPeriod),
            Checks = CheckStory.Add(before.Checks, CheckStory.ResultOf(before, mailed, answers, now), now),
        };
        return new RunPlan { Next = next, MustWrite = learnt || HasChanged(before, next) };
    }

    static bool HasChanged(UserState before, UserState next) =>
        next.Outbox != before.Outbox
        || next.Channels != before.Channels
        || next.WaitingSince != before.WaitingSince
        || !before.Waiting.IsEmpty
        || next.Status != before.Status
        || next.Searches.Length != before.Searches.Length
        || (next.Settings.FrequencyMinutes >= DurableNextDueMinutes && next.NextDue != before.NextDue);

    /// <summary>
    /// What a search remembers while its news is judged. Two kinds of news count as not named: that of a waiting mail, which is made again,
    /// and news kept by an older release.
    /// </summary>
    static SearchMemory Remembered(UserState user, SearchSettings search, string query, bool isComparable)
    {
        var memory = MemoryOf(user, search, query) ?? new SearchMemory { SearchId = search.Id ?? "", Query = query };
        var sections = user.Waiting.AsEnumerable();
        if (isComparable && user.Outbox is { Notification: { IsAlert: true } alert })
            sections = alert.Sections.Concat(sections);
        return sections.Where(section => section.SearchId == memory.SearchId).Reverse()
            .Aggregate(memory, (latest, section) => latest.WithoutNotified(section));
    }

    static HashSet<long> UnsentOf(OutboxEntry? outbox) =>
        [.. (outbox?.Notification.Sections ?? []).SelectMany(section => section.Items).Select(item => item.Listing.ListingNumber)];

    static SearchMemory? MemoryOf(UserState user, SearchSettings search, string query)
    {
        foreach (var memory in user.Searches)
        {
            if (memory.SearchId != (search.Id ?? ""))
                continue;
            if (memory.Query == query)
                return memory;
            if (SearchQuery.FormerKeysOf(search).Contains(memory.Query))
                return memory with { Query = query };
        }

        return null;
    }

    /// <summary>A list of everything is sent again only with a newer answer from eBay.</summary>
    static bool IsWanted(UserSettings settings, SearchMemory memory, SearchSnapshot snapshot, DateTimeOffset now) =>
        settings.Notify is not NotifyMode.EveryCheck || memory.AwaitsFirstResults
        || !(memory.LastSuccess >= snapshot.FetchedAt && memory.LastSuccess <= now);

    /// <summary>Neither a failed search nor an answer too old to be shown can be compared.</summary>
    static bool IsComparable(SearchAnswer answer, DateTimeOffset now) =>
        answer is { Failure: null, Snapshot: { } snapshot } && Freshness.IsCurrent(snapshot.FetchedAt, now);

    /// <summary>A moment in the future was written while a clock was wrong.</summary>
    static bool IsPause(DateTimeOffset at, DateTimeOffset now) => at <= now && now - at < tooLargePause;

    static SearchMemory WithoutContent(SearchMemory memory, SearchAnswer answer, DateTimeOffset now) => answer switch
    {
        { IsTooLarge: true } when memory.TooLargeAt is { } at && IsPause(at, now) => memory,
        { IsTooLarge: true, Failure: var failure } => memory with
        {
            LastFailure = failure, TooLargeAt = now, OwesTooLarge = memory.OwesTooLarge || memory.TooLargeAt is null,
        },
        { Failure: { } failure } => memory with { LastFailure = failure },
        { Snapshot: { } old } => memory with
        {
            LastFailure = $"eBay's last answer is of {old.FetchedAt:u}, older than {Freshness.ShownFor.TotalHours:0} hours.",
        },
        _ => memory with { LastFailure = null, LastSuccess = answer.FetchedAt ?? memory.LastSuccess },
    };
}
