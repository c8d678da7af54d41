using Alerts.Settings;

namespace Alerts.Runs;

/// <summary>Hours of the user's day, across changes of daylight-saving time. Pure, apart from the machine's time zone data.</summary>
static class LocalHours
{
    /// <summary>
    /// Whether a moment lies in the user's quiet hours. An hour that occurs twice when summer time ends is quiet both times.
    /// </summary>
    public static bool IsQuiet(UserSettings settings, DateTimeOffset moment)
    {
        if (settings.QuietHours is not { } quiet || quiet.From == quiet.To)
            return false;
        var hour = TimeZoneInfo.ConvertTime(moment, Zone(settings)).Hour;
        return quiet.From < quiet.To ? hour >= quiet.From && hour < quiet.To : hour >= quiet.From || hour < quiet.To;
    }

    /// <summary>When the quiet hours around <paramref name="moment"/> end.</summary>
    public static DateTimeOffset QuietEnd(UserSettings settings, DateTimeOffset moment) => Next(settings, settings.QuietHours!.To, moment);

    /// <summary>The date of a moment in the user's time zone.</summary>
    public static DateOnly DayOf(UserSettings settings, DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone(settings)).DateTime);

    /// <summary>
    /// The first moment after <paramref name="after"/> at which the user's local time reaches an hour, once a day. When summer time ends
    /// the hour occurs twice, and the first one counts. When summer time skips the hour, the moment after the gap counts.
    /// </summary>
    public static DateTimeOffset Next(UserSettings settings, int hour, DateTimeOffset after)
    {
        var zone = Zone(settings);
        for (var day = DayOf(settings, after); ; day = day.AddDays(1))
        {
            var moment = FirstMomentOf(zone, day.ToDateTime(new TimeOnly(hour, 0)));
            if (moment > after)
                return moment;
        }
    }

    static DateTimeOffset FirstMomentOf(TimeZoneInfo zone, DateTime local)
    {
        // All changes to summer time end at a quarter of an hour.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>A zone that this machine does not know counts as UTC. Settings are checked where they come in.</summary>
    static TimeZoneInfo Zone(UserSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
