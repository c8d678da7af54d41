using System.IO.Hashing;
using System.Runtime.InteropServices;
using Alerts.Search.Quota;

namespace Alerts.Search;

/// <summary>
/// When a search asks eBay next: as often as its users ask for it, unless the day's calls do not suffice for all; then at the
/// pace of <see cref="QuotaPace"/>, a little more often the more it is watched and the more it changes. Pure.
/// </summary>
public sealed record PollPlan
{
    /// <summary>The most that being watched, and that changing, add to a share of 1. The most favoured search is polled 1.3 times as often as the least, so none starves.</summary>
    const double MostAdded = 0.15;

    /// <summary>Askers in a window at which being watched counts in full, as a power of two.</summary>
    const double MostWatched = 10;

    /// <summary>The weight of the newest in a running mean.</summary>
    const double Newest = 0.2;

    /// <summary>The most time between two answers, however few the calls.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(2);

    /// <summary>The time in which eBay is asked once at most.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Start of the window somebody last asked in; null before the first.</summary>
    public DateTimeOffset? AskedIn { get; init; }

    /// <summary>The running mean of the time between windows somebody asked in.</summary>
    public TimeSpan AskInterval { get; init; }

    /// <summary>Askers in the newest window.</summary>
    public int Askers { get; init; }

    /// <summary>The running mean of askers in a window.</summary>
    public double MeanAskers { get; init; }

    /// <summary>The running mean of results that differed from the one before: 0 never, 1 always.</summary>
    public double Changes { get; init; }

    /// <summary>When eBay last answered; null before the first.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Whether only one answer is known, perhaps at the same moment as those of all other searches.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The weight in the division of calls, 1 to 1.3.</summary>
    public double Share => 1 + MostAdded * Math.Min(1, Math.Log2(1 + Math.Max(Askers, MeanAskers)) / MostWatched) + MostAdded * Changes;

    /// <summary>How long after the last asker the search no longer counts as asked for.</summary>
    public TimeSpan ForgottenAfter => AskInterval * 3 + TimeSpan.FromMinutes(10);

    /// <summary>
    /// Until when the plan says more than a new one would. After that eBay may be asked at whatever pace, and nobody is expected: who has a search asks once a day at least.
    /// </summary>
    public DateTimeOffset UsefulUntil => AskedIn + Window + LongestInterval ?? DateTimeOffset.MinValue;

    /// <summary>A plan for a search nobody asked for yet.</summary>
    public static PollPlan New(TimeSpan window) => new() { Window = window, AskInterval = window };

    /// <summary>Somebody asks, or several at once.</summary>
    public PollPlan Asked(DateTimeOffset now, int askers = 1)
    {
        var window = SearchWindow.NextFetch(now, Window) - Window;
        if (AskedIn is not { } last)
            return this with { AskedIn = window, Askers = askers, MeanAskers = askers };
        if (window <= last)
            return this with { Askers = Askers + askers };
        return this with
        {
            AskedIn = window,
            AskInterval = AskInterval + (window - last - AskInterval) * Newest,
            Askers = askers,
            MeanAskers = MeanAskers + (Askers - MeanAskers) * Newest,
        };
    }

    /// <summary>eBay answered.</summary>
    public PollPlan Fetched(DateTimeOffset now, bool isChanged) => this with
    {
        FetchedAt = now,
        IsFirst = FetchedAt is null,
        Changes = FetchedAt is null ? 0 : Changes + ((isChanged ? 1 : 0) - Changes) * Newest,
    };

    /// <summary>The time between two answers at a pace; no shorter than a window.</summary>
    public TimeSpan Interval(double pace) =>
        pace * Share * AskInterval.TotalSeconds >= 1 ? Window : TimeSpan.FromSeconds(Math.Min(1 / Math.Max(pace * Share, 1e-6), LongestInterval.TotalSeconds));

    /// <summary>When eBay may be asked next at a pace; the past when it was never asked.</summary>
    public DateTimeOffset NextFetch(double pace, string query)
    {
        if (FetchedAt is not { } last)
            return DateTimeOffset.MinValue;
        var interval = Interval(pace);
        if (interval == Window)
            return SearchWindow.NextFetch(last, Window);
        // Searches that began together are drawn apart, each to its own place in the interval, for good.
        var next = last + (IsFirst ? interval * Place(query) : interval);
        var earliest = SearchWindow.NextFetch(last, Window);
        return next > earliest ? next : earliest;
    }

    /// <summary>A number from 0 to 1 that is the search's own.</summary>
    static double Place(string query) => XxHash32.HashToUInt32(MemoryMarshal.AsBytes(query.AsSpan())) / (double)uint.MaxValue;
}
