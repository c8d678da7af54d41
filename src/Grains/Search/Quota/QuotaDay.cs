namespace Alerts.Search.Quota;

/// <summary>eBay's day, which begins at midnight Pacific, whatever the length the change of the clock gives it. Pure.</summary>
public static class QuotaDay
{
    static readonly TimeZoneInfo pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>When the day of a moment ends.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset moment)
    {
        var tomorrow = TimeZoneInfo.ConvertTime(moment, pacific).Date.AddDays(1);
        return new DateTimeOffset(tomorrow, pacific.GetUtcOffset(tomorrow)).ToUniversalTime();
    }
}
