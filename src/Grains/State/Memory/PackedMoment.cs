namespace Alerts.State.Memory;

/// <summary>Packs moments into 32 bits: whole seconds since 2020, until the year 2156; 0 is no moment.</summary>
static class PackedMoment
{
    static readonly DateTimeOffset epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The packed form, rounded down to the second.</summary>
    public static uint Of(DateTimeOffset? moment) =>
        moment is { } at ? (uint)Math.Clamp((at - epoch).Ticks / TimeSpan.TicksPerSecond, 1, uint.MaxValue) : 0;

    public static DateTimeOffset? ToMoment(uint packed) => packed == 0 ? null : epoch.AddSeconds(packed);
}
