namespace Alerts.Search.Quota;

/// <summary>No call to eBay may be made now.</summary>
public sealed class QuotaExhaustedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="until">When calls may be made again at the latest; null when not known.</param>
    /// <param name="isClosed">True when eBay asked to be left alone; false when the day's calls are used up.</param>
    public QuotaExhaustedException(DateTimeOffset? until, bool isClosed)
        : base(isClosed ? "eBay asked to be left alone for a while." : "Today's calls to eBay are used up.")
    {
        Until = until;
        IsClosed = isClosed;
    }

    /// <summary>When calls may be made again at the latest; null when not known.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>True when eBay asked to be left alone; false when the day's calls are used up.</summary>
    public bool IsClosed { get; }
}
