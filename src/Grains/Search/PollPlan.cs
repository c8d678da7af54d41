using System.IO.Hashing;
using System.Runtime.InteropServices;
using Alerts.Search.Quota;

namespace Alerts.Search;

/// <summary>
/// When a search asks eBay next. While the day's calls suffice, it asks as often as its users do. Otherwise it follows the pace of
/// <see cref="QuotaPace"/> by its share, and the longest waiting search is next. Pure.
/// </summary>
public sealed record PollPlan
{
    /// <summary>
    /// Popularity and change raise a share by at most this much each. Among searches with equal parts, the one with the most of both is
    /// asked 1.3 times as often as the one with the least.
    /// </summary>
    const double MaxAdded = 0.15;

    /// <summary>From this many askers in a window on, as a power of two, popularity counts fully.</summary>
    const double MaxWatched = 10;

    /// <summary>The weight of the newest value in a running mean.</summary>
    const double Newest = 0.2;

    /// <summary>The smallest part: smaller than that of a user with the maximal number of searches.</summary>
    const double MinPart = 0.001;

    /// <summary>Longer than any interval in use. Without calls left in a day the interval would be infinite.</summary>
    static readonly TimeSpan maxInterval = TimeSpan.FromDays(3_650);

    /// <summary>How long a plan is kept after the last asker: every user asks at least once a day.</summary>
    static readonly TimeSpan keptFor = TimeSpan.FromDays(2);

    /// <summary>In this time eBay is asked at most once.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>When somebody first asked; null before, and in plans of older releases.</summary>
    public DateTimeOffset? FirstAskedAt { get; init; }

    /// <summary>Start of the last window in which somebody asked; null before the first.</summary>
    public DateTimeOffset? AskedIn { get; init; }

    /// <summary>The running mean of the time between windows in which somebody asked.</summary>
    public TimeSpan AskInterval { get; init; }

    /// <summary>Askers in the newest window.</summary>
    public int Askers { get; init; }

    /// <summary>The running mean of askers in a window.</summary>
    public double MeanAskers { get; init; }

    /// <summary>The sum of the askers' parts in the newest window. A part is 1 divided by the number of that user's searches.</summary>
    public double Parts { get; init; } = 1;

    /// <summary>The running mean of the parts in a window.</summary>
    public double MeanParts { get; init; } = 1;

    /// <summary>The running mean of changed results: 0 for never, 1 for always.</summary>
    public double Changes { get; init; }

    /// <summary>The running mean of calls to eBay for one answer, 1 or more.</summary>
    public double MeanCalls { get; init; } = 1;

    /// <summary>Calls for the last answer.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>When eBay last answered; null before the first.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>
    /// Whether there was only one answer so far. It was given at once, perhaps at the same moment as those of all other searches.
    /// </summary>
    public bool IsFirst { get; init; }

    /// <summary>
    /// The weight when calls are divided: 1 to 1.3 times the sum of its users' parts. A user's searches divide one part among them. A
    /// search with several users has the sum of their parts, at most 1.
    /// </summary>
    public double Share => Math.Clamp(Math.Max(Parts, MeanParts), MinPart, 1)
        * (1 + MaxAdded * Math.Min(1, Math.Log2(1 + Math.Max(Askers, MeanAskers)) / MaxWatched) + MaxAdded * Changes);

    /// <summary>When it was last answered; before the first answer, when it was first asked for.</summary>
    public DateTimeOffset WaitingSince => FetchedAt ?? FirstAskedAt ?? DateTimeOffset.MinValue;

    /// <summary>Calls a second that its users would like.</summary>
    public double CallsPerSecond => MeanCalls / AskInterval.TotalSeconds;

    /// <summary>After this long without an asker, the search no longer counts as asked for.</summary>
    public TimeSpan ForgottenAfter => AskInterval * 3 + TimeSpan.FromMinutes(10);

    /// <summary>Until this moment the plan has information that a new one would not have.</summary>
    public DateTimeOffset UsefulUntil => AskedIn + Window + keptFor ?? DateTimeOffset.MinValue;

    public static PollPlan New(TimeSpan window) => new() { Window = window, AskInterval = window };

    /// <summary>One or several users ask.</summary>
    public PollPlan Asked(DateTimeOffset now, int askers = 1, double parts = 1)
    {
        var window = SearchWindow.NextFetch(now, Window) - Window;
        if (AskedIn is not { } last)
            return this with { FirstAskedAt = now, AskedIn = window, Askers = askers, MeanAskers = askers, Parts = parts,
                MeanParts = parts };
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

    /// <summary>eBay answered, after this many calls.</summary>
    public PollPlan Fetched(DateTimeOffset now, bool isChanged, int calls = 1) => this with
    {
        FetchedAt = now,
        IsFirst = FetchedAt is null && now < FirstAskedAt + Window,
        Changes = FetchedAt is null ? 0 : Changes + ((isChanged ? 1 : 0) - Changes) * Newest,
        Calls = calls,
        MeanCalls = MeanCalls + (calls - MeanCalls) * Newest,
    };

    /// <summary>The time between two answers at a pace; at least a window.</summary>
    public TimeSpan Interval(double pace) => Interval(pace, MeanCalls);

    /// <summary>
    /// When eBay may be asked next at a pace. Searches that began together are spread over the interval. If calls do not suffice for all,
    /// already the first answer is delayed; otherwise the second.
    /// </summary>
    public DateTimeOffset NextFetch(double pace, string query)
    {
        if (FetchedAt is not { } last)
            return Interval(pace) is var wait && wait > Window && FirstAskedAt is { } first
                ? first + wait * Place(query) : DateTimeOffset.MinValue;
        // After an answer of three calls, the pause is three times that after one call.
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

    /// <summary>A number from 0 to 1, always the same for a search.</summary>
    static double Place(string query) => XxHash32.HashToUInt32(MemoryMarshal.AsBytes(query.AsSpan())) / (double)uint.MaxValue;
}
