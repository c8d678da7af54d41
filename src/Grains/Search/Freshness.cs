namespace Alerts.Search;

/// <summary>How long an answer of eBay may be shown as current.</summary>
public static class Freshness
{
    /// <summary>The limit that the licence of eBay's API sets.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromHours(6);

    /// <summary>Whether an answer of <paramref name="fetchedAt"/> may still be shown as current.</summary>
    public static bool IsCurrent(DateTimeOffset fetchedAt, DateTimeOffset now) => now - fetchedAt < ShownFor;
}
