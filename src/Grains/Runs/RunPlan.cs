using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// What a check leads to. Pure: the grain stores <see cref="Next"/> in one write, what was seen together with the mail to send,
/// and then sends what the outbox holds. Made again after a crash from the state before, it comes to the same.
/// </summary>
public sealed record RunPlan
{
    /// <summary>A user checked less often than this has every check's <see cref="UserState.NextDue"/> written; more often, a restart just checks once more.</summary>
    const int DurableNextDueMinutes = 60;

    /// <summary>The user from now on.</summary>
    public required UserState Next { get; init; }

    /// <summary>False when a restart without <see cref="Next"/> would find it out again and tell nothing twice: then no write is needed.</summary>
    public required bool MustWrite { get; init; }

    /// <summary>How a user asks a search. Who has no answer yet waits for the first one.</summary>
    /// <param name="user">The user.</param>
    /// <param name="search">One of the user's searches.</param>
    /// <param name="query">Its canonical query.</param>
    /// <param name="part">1 divided by the number of the user's searches.</param>
    /// <param name="now">The present.</param>
    public static Asker AskerOf(UserState user, SearchSettings search, string query, double part, DateTimeOffset now) =>
        MemoryOf(user, search, query) is { } memory
            ? new(KnownVersion(user, search, query, now), memory.LastSuccess is null, part) { SeenVersion = memory.SnapshotVersion, SeenAt = memory.LastSuccess }
            : new(0, IsWaitedFor: true, part);

    /// <summary>The version to ask a search with: 0 when its content is needed even if it is the same as last time.</summary>
    public static long KnownVersion(UserState user, SearchSettings search, string query, DateTimeOffset now)
    {
        if (user.Settings.Notify is NotifyMode.EveryCheck || MemoryOf(user, search, query) is not { } memory)
            return 0;
        // News that waited is shown as it is by the time it is told.
        var isReleased = user.Waiting.Any(section => section.SearchId == memory.SearchId && Schedule.IsTimeFor(user, section, now)) && Schedule.MayMail(user, now);
        return isReleased || RunPlanMail.IsAging(user.Outbox, now) ? 0 : memory.SnapshotVersion;
    }

    /// <summary>Plans a check.</summary>
    /// <param name="before">The user as stored.</param>
    /// <param name="queries">The canonical query of each of the user's searches, in their order.</param>
    /// <param name="answers">One for each of the user's searches, in their order.</param>
    /// <param name="now">The present.</param>
    /// <param name="reminderPeriod">The time between two ticks.</param>
    /// <param name="userId">The user's id; part of the mail's.</param>
    public static RunPlan Make(UserState before, IReadOnlyList<string> queries, IReadOnlyList<SearchAnswer> answers, DateTimeOffset now, TimeSpan reminderPeriod, string userId)
    {
        var searches = before.Settings.Searches;
        ArgumentOutOfRangeException.ThrowIfNotEqual(answers.Count, searches.Length);
        answers = NewestAnswers.Of(answers);
        var told = new NotifiedListings(before.Searches);
        var memories = new SearchMemory[searches.Length];
        var news = new List<NotificationSection>();
        var relisted = new List<Relisting>();
        var learnt = false;
        // The older answers first, so that the last word is the newest answer's.
        foreach (var i in Enumerable.Range(0, searches.Length).OrderBy(i => answers[i].Snapshot?.FetchedAt))
        {
            var memory = MemoryOf(before, searches[i], queries[i]) ?? new SearchMemory { SearchId = searches[i].Id ?? "", Query = queries[i] };
            if (IsComparable(answers[i], now))
            {
                var result = Comparison.Compare(searches[i], memory, answers[i].Snapshot!, before.Settings.Notify, now, told);
                learnt |= result.MustWrite;
                memory = result.Next;
                relisted.AddRange(result.Relisted);
                if (!result.News.IsEmpty)
                    news.Add(SectionOf(searches[i], memory.SearchId, answers[i].Snapshot!, result));
            }
            else
            {
                memory = WithoutContent(memory, answers[i], now);
            }

            memories[i] = memory with { NextFetch = answers[i].NextFetch };
        }

        var user = before with { Searches = [.. memories], Status = UserStatus.Active, SnoozedUntil = null };
        var mailed = RunPlanMail.Add(user, news, relisted, answers, now, userId);
        var next = mailed with { NextDue = Schedule.NextDue(mailed, now, reminderPeriod) };
        return new RunPlan { Next = next, MustWrite = learnt || HasChanged(before, next) };
    }

    static bool HasChanged(UserState before, UserState next) =>
        next.Outbox != before.Outbox
        || next.Waiting != before.Waiting
        || next.Status != before.Status
        || next.Searches.Length != before.Searches.Length
        || (next.Settings.FrequencyMinutes >= DurableNextDueMinutes && next.NextDue != before.NextDue);

    static SearchMemory? MemoryOf(UserState user, SearchSettings search, string query)
    {
        foreach (var memory in user.Searches)
        {
            if (memory.SearchId != (search.Id ?? ""))
                continue;
            if (memory.Query == query)
                return memory;
            if (memory.Query == SearchQuery.FormerKeyOf(search))
                return memory with { Query = query };
        }

        return null;
    }

    /// <summary>A failed search is no result, and neither is one too old to be shown.</summary>
    static bool IsComparable(SearchAnswer answer, DateTimeOffset now) =>
        answer is { Failure: null, Snapshot: { } snapshot } && Freshness.IsCurrent(snapshot.FetchedAt, now);

    static SearchMemory WithoutContent(SearchMemory memory, SearchAnswer answer, DateTimeOffset now) => answer switch
    {
        { Failure: { } failure } => memory with { LastFailure = failure },
        { Snapshot: not null } => memory with { LastFailure = $"eBay's last answer is of {answer.Snapshot.FetchedAt:u}, older than {Freshness.ShownFor.TotalHours:0} hours." },
        _ => memory with { LastFailure = null, LastSuccess = answer.FetchedAt ?? memory.LastSuccess },
    };

    static NotificationSection SectionOf(SearchSettings search, string id, SearchSnapshot snapshot, ComparisonResult result) => new()
    {
        SearchId = id,
        Phrase = search.Phrase,
        Marketplace = search.Marketplace,
        FetchedAt = snapshot.FetchedAt,
        Total = snapshot.Total,
        Items = result.News,
        Omitted = result.Omitted,
    };
}
