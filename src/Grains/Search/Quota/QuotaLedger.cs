namespace Alerts.Search.Quota;

/// <summary>
/// How many of the day's calls to eBay are left, and whether the circuit is open. Pure; every change returns a new ledger. A call counts
/// from the moment it is leased, so no crash leads to more calls than the day has.
/// </summary>
public sealed record QuotaLedger
{
    /// <summary>Fraction of the day's calls that polls leave to searches a person waits for.</summary>
    const double ReservedShare = 0.02;

    /// <summary>
    /// Searches that a person waits for may use calls ahead of an even course down to this fraction of it; after that only the reserve.
    /// </summary>
    const double UrgentFloor = 0.5;

    /// <summary>Limit of calls in a part of the day, as a multiple of an even course.</summary>
    const double MaxPace = 1.3;

    /// <summary>Length of the pause after a first refusal without <c>Retry-After</c>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    static readonly BackOff backOff = new(FirstPause, Max: TimeSpan.FromHours(1));

    /// <summary>After this long without the result of a probe, another one may be made.</summary>
    static readonly TimeSpan probeTime = TimeSpan.FromMinutes(1);

    /// <summary>When the day ends.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The day's calls.</summary>
    public required int Limit { get; init; }

    /// <summary>The day's calls by eBay's own answer; null before that.</summary>
    public int? EbayLimit { get; init; }

    /// <summary>Calls made or leased today.</summary>
    public int Used { get; init; }

    /// <summary>The hour to which <see cref="ReserveUsed"/> belongs.</summary>
    public DateTimeOffset ReserveHour { get; init; }

    /// <summary>Calls taken from the reserve in that hour.</summary>
    public int ReserveUsed { get; init; }

    /// <summary>Until when the circuit is open; null while eBay accepts calls.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>How often in a row eBay refused a call for its rate; 0 while it accepts calls.</summary>
    public int Refusals { get; init; }

    /// <summary>Whether one call is probing if eBay accepts calls again.</summary>
    public bool IsProbing { get; init; }

    /// <summary>Calls left today.</summary>
    public int Left => Math.Max(0, Limit - Used);

    /// <summary>
    /// The ledger at this moment: a new one after the day's end. Its limit is the lower one of the configured limit and eBay's.
    /// </summary>
    public static QuotaLedger At(QuotaLedger? before, int limit, DateTimeOffset now)
    {
        var lower = Math.Min(limit, before?.EbayLimit ?? limit);
        return before is null || now >= before.EndsAt
            ? new QuotaLedger { EndsAt = QuotaDay.EndOf(now), Limit = lower, EbayLimit = before?.EbayLimit,
                ClosedUntil = before?.ClosedUntil, Refusals = before?.Refusals ?? 0 }
            : before with { Limit = lower };
    }

    /// <summary>Calls a second that polls may make for the rest of the day.</summary>
    public double CallsPerSecond(DateTimeOffset now) => Math.Max(0, Left - Reserve(now)) / Math.Max(1, (EndsAt - now).TotalSeconds);

    /// <summary>
    /// Calls a second for each share, at most slightly above an even day's. Otherwise a few calls left at the end of a day would make every
    /// search due. Then the first to ask would get them, not the longest waiting.
    /// </summary>
    public double PaceOf(IReadOnlyCollection<QuotaDemand> demand, DateTimeOffset now) => Math.Min(
        QuotaPace.Of(demand, CallsPerSecond(now)),
        MaxPace * QuotaPace.Of(demand, Limit / TimeSpan.FromDays(1).TotalSeconds));

    /// <summary>
    /// Leases calls: as many as wanted, or those that are left, perhaps none. <paramref name="urgent"/> calls are those that a person waits
    /// for.
    /// </summary>
    public (QuotaLedger Next, int Granted) Lease(int wanted, int urgent, DateTimeOffset now)
    {
        if (ClosedUntil > now || Left == 0)
            return (this, 0);
        if (Refusals > 0)
            return (this with { Used = Used + 1, IsProbing = true, ClosedUntil = now + probeTime }, 1);

        var next = this;
        var granted = Math.Clamp(Left - Reserve(now), 0, wanted);
        next = next with { Used = Used + granted };
        for (; urgent > 0 && next.TakeUrgent(now) is { } taken; urgent--, granted++)
            next = taken;
        return (next, granted);
    }

    /// <summary>Takes back leased calls that were not made; those of an earlier day are gone.</summary>
    public QuotaLedger Returned(int calls, DateTimeOffset leasedFor) =>
        leasedFor == EndsAt ? this with { Used = Math.Max(0, Used - calls) } : this;

    /// <summary>
    /// Applies eBay's own count. The lower count of the two is used: others may use the same key set, and eBay's count may be late.
    /// </summary>
    public QuotaLedger Observed(int limit, int remaining, DateTimeOffset? reset, DateTimeOffset now)
    {
        var lower = Math.Min(Limit, Math.Max(1, limit));
        return this with
        {
            Limit = lower,
            EbayLimit = Math.Max(1, limit),
            Used = Math.Max(Used, Math.Min(lower, lower - remaining)),
            EndsAt = reset > now && reset <= now + TimeSpan.FromHours(25) ? reset.Value : EndsAt,
        };
    }

    /// <summary>eBay refused a call for its rate. Nobody calls until the pause is over; then one call probes.</summary>
    public QuotaLedger Refused(TimeSpan? retryAfter, DateTimeOffset now)
    {
        // The answers to calls that were sent at the same time count as one refusal.
        if (ClosedUntil > now && !IsProbing)
            return now + retryAfter > ClosedUntil ? this with { ClosedUntil = now + retryAfter } : this;
        var pause = backOff.After(Refusals + 1);
        return this with { ClosedUntil = now + (retryAfter > pause ? retryAfter.Value : pause), Refusals = Refusals
            + 1, IsProbing = false };
    }

    /// <summary>eBay accepted a call again.</summary>
    public QuotaLedger Accepted() => this with { ClosedUntil = null, Refusals = 0, IsProbing = false };

    /// <summary>When the next call for a poll may be leased, if no calls come back; null for now.</summary>
    public DateTimeOffset? NextPollAt(DateTimeOffset now) => Left - Reserve(now) > 0 ? null : WhenLeftOf(ReservedShare, Left, now);

    /// <summary>When the next call that a person waits for may be leased; null for now.</summary>
    public DateTimeOffset? NextUrgentAt(DateTimeOffset now)
    {
        if (Left > 0 && TakeUrgent(now) is not null)
            return null;
        var (nextHour, nextCall) = (HourOf(now) + TimeSpan.FromHours(1), WhenLeftOf(UrgentFloor, Left - 1, now));
        return Left > 0 && nextHour < nextCall ? nextHour : nextCall;
    }

    /// <summary>When the given fraction of an even course falls to this many calls. One tick more, since halves are rounded down.</summary>
    DateTimeOffset WhenLeftOf(double share, int calls, DateTimeOffset now)
    {
        if (Left == 0)
            return EndsAt;
        var at = EndsAt - TimeSpan.FromDays(Math.Max(0, calls) / (share * Limit)) + TimeSpan.FromTicks(1);
        return at > EndsAt ? EndsAt : at > now ? at : now + TimeSpan.FromSeconds(1);
    }

    static DateTimeOffset HourOf(DateTimeOffset now) => new(now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    QuotaLedger? TakeUrgent(DateTimeOffset now)
    {
        if (Left == 0)
            return null;
        if (Left - 1 >= UrgentFloor * Limit * DayLeft(now))
            return this with { Used = Used + 1 };
        var hour = HourOf(now);
        var used = hour == ReserveHour ? ReserveUsed : 0;
        return used < Math.Max(1, ReservedShare * Limit / 24)
            ? this with { Used = Used + 1, ReserveHour = hour, ReserveUsed = used + 1 } : null;
    }

    int Reserve(DateTimeOffset now) => (int)(ReservedShare * Limit * DayLeft(now));

    double DayLeft(DateTimeOffset now) => Math.Clamp((EndsAt - now) / TimeSpan.FromDays(1), 0, 1);
}
