namespace Alerts.Search.Ebay;

/// <summary>What became of one call to eBay's search.</summary>
public abstract record EbayAnswer
{
    EbayAnswer()
    {
    }

    /// <summary>Why there is no page, in words for people; null when there is one.</summary>
    public string? Why => this switch
    {
        NotAsked { Reason: var reason } => reason,
        Failed { Reason: var reason } => reason,
        TooLarge => "More listings match than eBay can sort: narrow the search.",
        _ => null,
    };

    /// <summary>eBay answered with a page that can be trusted.</summary>
    public sealed record Found(EbayPage Page) : EbayAnswer;

    /// <summary>No call was made.</summary>
    /// <param name="Reason">Why, in words for people.</param>
    /// <param name="Until">When a call may be made again; null when not known.</param>
    /// <param name="IsCircuitOpen">True when eBay is left alone after faults; false when the day's calls are used up.</param>
    public sealed record NotAsked(string Reason, DateTimeOffset? Until, bool IsCircuitOpen) : EbayAnswer;

    /// <summary>More listings match than eBay can sort.</summary>
    public sealed record TooLarge : EbayAnswer;

    /// <summary>No answer, an error, or an answer that cannot be trusted: what was known stays.</summary>
    /// <param name="Reason">Why, in words for people.</param>
    /// <param name="RetryAfter">How long eBay asked to be left alone; null if it did not say.</param>
    /// <param name="Fault">What was thrown; null when nothing was.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter = null, Exception? Fault = null) : EbayAnswer;
}
