namespace Alerts.Reminders.Spread;

/// <summary>
/// Where moments lie in the reminder window. Windows follow each other from the calendar's beginning and are cut into whole seconds;
/// a window's fraction of a second belongs to its last. Within a second users lie apart by the hash of their ids.
/// </summary>
public readonly record struct PhaseWindow(TimeSpan Length)
{
    /// <summary>A reminder starts a little later than asked for; it should not slip into the next second.</summary>
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

    /// <summary>Shards are arcs of the hash, so its high bits are alike within one: all bits take part (MurmurHash3's finalizer).</summary>
    static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35;
        return hash ^ (hash >> 16);
    }
}
