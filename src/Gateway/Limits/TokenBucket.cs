using System.Threading.RateLimiting;

namespace Alerts.Gateway.Limits;

/// <summary>
/// A token bucket that is full at first and refills steadily. It uses the service's clock; the framework's uses the machine's, which tests
/// cannot control. It stores only when it will be full again (the generic cell rate algorithm). Callers do not wait in it.
/// </summary>
/// <param name="limit">The size of the bucket.</param>
/// <param name="period">The time to refill an empty bucket.</param>
/// <param name="clock">The clock.</param>
sealed class TokenBucket(int limit, TimeSpan period, TimeProvider clock) : RateLimiter
{
    static readonly RateLimitLease granted = new Lease(null);

    readonly Lock gate = new();
    readonly long begin = clock.GetTimestamp();

    /// <summary>The time in which one token comes back; rounded down, so that refilling never takes longer than the period.</summary>
    readonly TimeSpan refill = TimeSpan.FromTicks(period.Ticks / limit);

    /// <summary>When it is full again, counted from its creation.</summary>
    TimeSpan full;

    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (gate)
                return Now >= full ? Now - full : null;
        }
    }

    TimeSpan Now => clock.GetElapsedTime(begin);

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            var now = Now;
            var next = (full > now ? full : now) + (refill * permitCount);
            if (next - now > period)
                return new Lease(next - now - period);
            full = next;
            return granted;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        new(AttemptAcquireCore(permitCount));

    /// <summary>A token, or the time to wait for one.</summary>
    sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
