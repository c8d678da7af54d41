namespace Alerts.Search.Ebay.Answers;

/// <summary>The result of one call to eBay's search.</summary>
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

    /// <summary>eBay answered with a valid page.</summary>
    public sealed record Found(EbayPage Page) : EbayAnswer;

    /// <param name="Reason">Why, in words for people.</param>
    /// <param name="Until">When a call may be made again; null when unknown.</param>
    /// <param name="IsCircuitOpen">True when the circuit is open after faults; false when the day's calls are used up.</param>
    public sealed record NotAsked(string Reason, DateTimeOffset? Until, bool IsCircuitOpen) : EbayAnswer;

    /// <summary>More listings match than eBay can sort.</summary>
    public sealed record TooLarge : EbayAnswer;

    /// <summary>No answer, an error, or an invalid answer. The snapshot stays as it was.</summary>
    /// <param name="Reason">Why, in words for people.</param>
    /// <param name="RetryAfter">eBay's <c>Retry-After</c>; null without one.</param>
    /// <param name="Fault">The exception; null without one.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter = null, Exception? Fault = null) : EbayAnswer;
}
