namespace Alerts.Reminders.Spread;

/// <summary>
/// Maps moments to seconds of the reminder window. Windows follow each other from the beginning of the calendar and are cut into whole
/// seconds. The last second also has a window's fraction of a second. Within a second, the hash of the users' ids spreads them.
/// </summary>
public readonly record struct PhaseWindow(TimeSpan Length)
{
    /// <summary>A reminder starts slightly later than requested; it must not slip into the next second.</summary>
    const int UsedMilliseconds = 750;

    public int Seconds => Math.Max(1, (int)Length.TotalSeconds);

    public int SecondOf(DateTime utc) => (int)Math.Min(utc.Ticks % Length.Ticks / TimeSpan.TicksPerSecond, Seconds - 1);

    /// <summary>The second of a user to whom no dispatcher gave one.</summary>
    public int SecondOf(uint hash) => (int)(Mix(hash) % (uint)Seconds);

    public DateTimeOffset Next(int second, uint hash, DateTimeOffset now)
    {
        var offset = TimeSpan.FromSeconds(second) + TimeSpan.FromMilliseconds(Mix(hash) / (uint)Seconds % UsedMilliseconds);
        var windowStart = now.UtcTicks - now.UtcTicks % Length.Ticks;
        var moment = new DateTimeOffset(windowStart, TimeSpan.Zero) + offset;
        return moment > now ? moment : moment + Length;
    }

    /// <summary>All users of a shard have similar high bits in their hash, so all bits are mixed (MurmurHash3's finalizer).</summary>
    static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35;
        return hash ^ (hash >> 16);
    }
}
