namespace Alerts.Search.Ebay;

/// <summary>eBay gave no result that could be trusted; what was known stays.</summary>
public sealed class SearchFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, in words for people.</param>
    /// <param name="retryAfter">How long eBay asked to be left alone, if it did.</param>
    /// <param name="fault">What was behind it.</param>
    public SearchFailedException(string message, TimeSpan? retryAfter = null, Exception? fault = null) : base(message, fault) => RetryAfter = retryAfter;

    /// <summary>How long eBay asked to be left alone; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
