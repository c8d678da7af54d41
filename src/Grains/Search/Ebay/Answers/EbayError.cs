namespace Alerts.Search.Ebay.Answers;

/// <summary>An error or a warning from eBay; its id is 0 when it cannot be read.</summary>
readonly record struct EbayError(int Id, string Domain, string Message)
{
    /// <summary>More listings match than eBay can sort (12023).</summary>
    public bool IsTooLarge => Id == 12023;

    /// <summary>Whether eBay refuses the token, whatever the status of its answer is.</summary>
    public bool IsAboutToken => Domain.Equals("OAuth", StringComparison.OrdinalIgnoreCase) || Id is >= 1001 and <= 1100;
}
