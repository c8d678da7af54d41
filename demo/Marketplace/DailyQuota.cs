namespace Alerts.Demo.Marketplace;

/// <summary>The searches left today. A day begins at midnight Pacific, as eBay's does.</summary>
sealed class DailyQuota(int limit, TimeProvider clock)
{
    static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    readonly Lock gate = new();
    DateTimeOffset reset;
    int used;

    public int Limit => limit;

    /// <summary>Takes one call; false when none is left.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            BeginDay();
            if (used >= limit)
                return false;
            used++;
            return true;
        }
    }

    public (int Remaining, DateTimeOffset Reset) Read()
    {
        lock (gate)
        {
            BeginDay();
            return (limit - used, reset);
        }
    }

    /// <summary>Sets the calls left today, from 0 to the limit.</summary>
    public void SetRemaining(int remaining)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(remaining, limit);
        lock (gate)
        {
            BeginDay();
            used = limit - remaining;
        }
    }

    void BeginDay()
    {
        var now = clock.GetUtcNow();
        if (now < reset)
            return;
        var tomorrow = TimeZoneInfo.ConvertTime(now, Pacific).Date.AddDays(1);
        reset = new DateTimeOffset(tomorrow, Pacific.GetUtcOffset(tomorrow));
        used = 0;
    }
}
