using System.IO.Hashing;
using System.Runtime.InteropServices;
using Alerts.Search.Quota;

namespace Alerts.Search;

/// <summary>
/// When a search asks eBay next: as often as its users ask for it, unless the day's calls do not suffice for all. Then at the pace of
/// <see cref="QuotaPace"/>, by its share: the longest waiting is the next, whatever its interval. Pure.
/// </summary>
public sealed record PollPlan
{
    /// <summary>
    /// What being watched, and changing, add to a share at most. Of searches with equal parts, the most favoured is asked for 1.3 times
    /// as often as the least.
    /// </summary>
    const double MaxAdded = 0.15;

    /// <summary>Askers in a window at which being watched counts in full, as a power of two.</summary>
    const double MaxWatched = 10;

    /// <summary>The weight of the newest in a running mean.</summary>
    const double Newest = 0.2;

    /// <summary>The least part: of a user with more searches than any may have.</summary>
    const double MinPart = 0.001;

    /// <summary>A limit that no interval in use comes near; without calls for the rest of a day there is no interval.</summary>
    static readonly TimeSpan maxInterval = TimeSpan.FromDays(3_650);

    /// <summary>How long a search is remembered after its last asker: who has a search asks once a day at least.</summary>
    static readonly TimeSpan keptFor = TimeSpan.FromDays(2);

    /// <summary>The time in which eBay is asked once at most.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>When somebody first asked; null before, and in plans of older releases.</summary>
    public DateTimeOffset? FirstAskedAt { get; init; }

    /// <summary>Start of the window somebody last asked in; null before the first.</summary>
    public DateTimeOffset? AskedIn { get; init; }

    /// <summary>The running mean of the time between windows somebody asked in.</summary>
    public TimeSpan AskInterval { get; init; }

    /// <summary>Askers in the newest window.</summary>
    public int Askers { get; init; }

    /// <summary>The running mean of askers in a window.</summary>
    public double MeanAskers { get; init; }

    /// <summary>The parts of the askers in the newest window together: of each, 1 divided by the number of the user's searches.</summary>
    public double Parts { get; init; } = 1;

    /// <summary>The running mean of parts in a window.</summary>
    public double MeanParts { get; init; } = 1;

    /// <summary>The running mean of results that differed from the one before: 0 never, 1 always.</summary>
    public double Changes { get; init; }

    /// <summary>The running mean of calls to eBay that an answer takes, 1 or more.</summary>
    public double MeanCalls { get; init; } = 1;

    /// <summary>Calls of the last answer.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>When eBay last answered; null before the first.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Whether only one answer is known, given at once, perhaps at the same moment as those of all other searches.</summary>
    public bool IsFirst { get; init; }

    /// <summary>
    /// The weight in the division of calls: 1 to 1.3, times the part of it that its users have left for it. A user's searches share
    /// one part; a search with several users has the sum of theirs, 1 at most.
    /// </summary>
    public double Share => Math.Clamp(Math.Max(Parts, MeanParts), MinPart, 1)
        * (1 + MaxAdded * Math.Min(1, Math.Log2(1 + Math.Max(Askers, MeanAskers)) / MaxWatched) + MaxAdded * Changes);

    /// <summary>When it was last answered or, before that, first asked for.</summary>
    public DateTimeOffset WaitingSince => FetchedAt ?? FirstAskedAt ?? DateTimeOffset.MinValue;

    /// <summary>Calls a second that its users ask for.</summary>
    public double CallsPerSecond => MeanCalls / AskInterval.TotalSeconds;

    /// <summary>How long after the last asker the search no longer counts as asked for.</summary>
    public TimeSpan ForgottenAfter => AskInterval * 3 + TimeSpan.FromMinutes(10);

    /// <summary>Until when the plan says more than a new one would.</summary>
    public DateTimeOffset UsefulUntil => AskedIn + Window + keptFor ?? DateTimeOffset.MinValue;

    /// <summary>A plan for a search nobody asked for yet.</summary>
    public static PollPlan New(TimeSpan window) => new() { Window = window, AskInterval = window };

    /// <summary>Somebody asks, or several at once.</summary>
    public PollPlan Asked(DateTimeOffset now, int askers = 1, double parts = 1)
    {
        var window = SearchWindow.NextFetch(now, Window) - Window;
        if (AskedIn is not { } last)
            return this with { FirstAskedAt = now, AskedIn = window, Askers = askers, MeanAskers = askers, Parts = parts, MeanParts = parts };
        if (window <= last)
            return this with { Askers = Askers + askers, Parts = Parts + parts };
        return this with
        {
            AskedIn = window,
            AskInterval = AskInterval + (window - last - AskInterval) * Newest,
            Askers = askers,
            MeanAskers = MeanAskers + (Askers - MeanAskers) * Newest,
            Parts = parts,
            MeanParts = MeanParts + (Parts - MeanParts) * Newest,
        };
    }

    /// <summary>eBay answered, after so many calls.</summary>
    public PollPlan Fetched(DateTimeOffset now, bool isChanged, int calls = 1) => this with
    {
        FetchedAt = now,
        IsFirst = FetchedAt is null && now < FirstAskedAt + Window,
        Changes = FetchedAt is null ? 0 : Changes + ((isChanged ? 1 : 0) - Changes) * Newest,
        Calls = calls,
        MeanCalls = MeanCalls + (calls - MeanCalls) * Newest,
    };

    /// <summary>The time between two answers at a pace; no shorter than a window.</summary>
    public TimeSpan Interval(double pace) => Interval(pace, MeanCalls);

    /// <summary>
    /// When eBay may be asked next at a pace. Searches that began together are drawn apart, each to its own place in the interval:
    /// before the first answer where calls do not suffice for all, and otherwise before the second.
    /// </summary>
    public DateTimeOffset NextFetch(double pace, string query)
    {
        if (FetchedAt is not { } last)
            return Interval(pace) is var wait && wait > Window && FirstAskedAt is { } first ? first + wait * Place(query) : DateTimeOffset.MinValue;
        // An answer of three calls is followed by three times the pause of one.
        var interval = Interval(pace, Calls);
        var earliest = SearchWindow.NextFetch(last, Window);
        if (interval == Window)
            return earliest;
        var next = last + (IsFirst ? interval * Place(query) : interval);
        return next > earliest ? next : earliest;
    }

    TimeSpan Interval(double pace, double calls)
    {
        var callsPerSecond = pace * Share;
        if (callsPerSecond >= CallsPerSecond)
            return Window;
        return callsPerSecond * maxInterval.TotalSeconds <= calls ? maxInterval : TimeSpan.FromSeconds(calls / callsPerSecond);
    }

    /// <summary>A number from 0 to 1 that is the search's own.</summary>
    static double Place(string query) => XxHash32.HashToUInt32(MemoryMarshal.AsBytes(query.AsSpan())) / (double)uint.MaxValue;
}
