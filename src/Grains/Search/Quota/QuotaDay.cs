namespace Alerts.Search.Quota;

/// <summary>eBay's day. It begins at midnight Pacific; when summer time begins or ends it has 23 or 25 hours. Pure.</summary>
public static class QuotaDay
{
    static readonly TimeZoneInfo pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>The end of the day of a moment.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset moment)
    {
        var tomorrow = TimeZoneInfo.ConvertTime(moment, pacific).Date.AddDays(1);
        return new DateTimeOffset(tomorrow, pacific.GetUtcOffset(tomorrow)).ToUniversalTime();
    }
}
