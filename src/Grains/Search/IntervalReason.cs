using System.Globalization;
using Alerts.Search.Quota;

namespace Alerts.Search;

/// <summary>Explains why eBay is asked less often than a search's users chose. Pure.</summary>
static class IntervalReason
{
    /// <summary>The reason, in words for people; null without one.</summary>
    public static string? Of(PollPlan plan, QuotaLease? lease, DateTimeOffset? closedUntil)
    {
        if (closedUntil is { } until)
            return string.Create(CultureInfo.InvariantCulture,
                $"eBay asked to be left alone until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        return PaceOf(plan, lease) is not { } pace ? null : string.Create(CultureInfo.InvariantCulture,
            $"{pace.Searches:N0} searches share eBay's {pace.CallsPerDay:N0} calls a day, so this one is asked about every "
            + $"{Words(pace.Interval)}.");
    }

    /// <summary>The present pace; null while eBay is asked once in each window.</summary>
    public static SearchPace? PaceOf(PollPlan plan, QuotaLease? lease) =>
        lease is not null && Shown(plan, lease) is var interval && interval > plan.Window
            ? new SearchPace(interval, lease.Searches, lease.Limit) : null;

    /// <summary>
    /// The time between two answers, for display: by the present pace, but at most what the whole day's calls allow. Near the end of a day
    /// no calls may be left; the display must not promise the next answer in years.
    /// </summary>
    public static TimeSpan Shown(PollPlan plan, QuotaLease? lease) => plan.Interval(ShownPace(lease));

    public static double ShownPace(QuotaLease? lease) => lease is null
        ? double.PositiveInfinity
        : Math.Max(lease.Pace, lease.Limit / TimeSpan.FromDays(1).TotalSeconds / Math.Max(1, lease.Searches));

    static string Words(TimeSpan interval) => interval.TotalMinutes switch
    {
        < 2 => string.Create(CultureInfo.InvariantCulture, $"{interval.TotalSeconds:0} seconds"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{interval.TotalMinutes:0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{interval.TotalHours:0.#} hours"),
    };
}
