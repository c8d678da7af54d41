using System.Globalization;
using System.Text.RegularExpressions;

namespace Alerts.Accounts;

/// <summary>A mail as its reader reads it.</summary>
public sealed partial record AccountedMail(string Address, string Subject, DateTimeOffset At, IReadOnlyList<Claim> Claims, IReadOnlyList<string> Links)
{
    /// <summary>The first mail of a search: what is there, not what is new.</summary>
    public bool IsFirst => Subject.StartsWith("Your alerts are on", StringComparison.Ordinal);

    /// <summary>Whether it says that of all that match only the cheapest are watched for drops.</summary>
    public bool SaysScope { get; init; }

    public static AccountedMail Read(string address, string subject, DateTimeOffset at, string text) => new(
        address, subject, at,
        [.. Item().Matches(text).Select(item => new Claim(
            item.Groups["number"].Value, item.Groups["badge"].Value, Amount(item.Groups["price"].Value),
            Was().Match(item.Groups["note"].Value) is { Success: true } was ? Amount(was.Groups["price"].Value) : null))],
        [.. More().Matches(text).Select(more => more.Groups["url"].Value)])
    {
        SaysScope = text.Contains("price drops among the", StringComparison.Ordinal),
    };

    static decimal Amount(string text) => decimal.Parse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\* (?:\[(?<badge>[^\]]*)\] )?[^\r\n]*\r?\n  [^\d\r\n]*(?<price>[\d,]+(?:\.\d+)?)[^(·\r\n]*(?:\((?<note>[^)]*)\))?[^\r\n]*\r?\n(?:  [^\r\n]*\r?\n)??  \S*/itm/(?<number>\d+)",
        RegexOptions.Multiline)]
    private static partial Regex Item();

    /// <summary>Of a price that the marketplace converts it says what the seller asked before, in the seller's currency: no mail showed that.</summary>
    [GeneratedRegex(@"^was [^\d]*(?<price>[\d,]+(?:\.\d+)?)")]
    private static partial Regex Was();

    [GeneratedRegex(@"^[^\r\n]*\d[^\r\n]* more[^\r\n]*: (?<url>https?://\S+)", RegexOptions.Multiline)]
    private static partial Regex More();
}

/// <summary>What a mail says of one listing.</summary>
/// <param name="Number">eBay's number of the listing, from its link.</param>
/// <param name="Badge">The word in front of the title, such as "New" or "Price down 12 %"; empty in a list.</param>
/// <param name="Price">What it costs.</param>
/// <param name="Was">What it cost before, as the mail says; null: nothing is said.</param>
public sealed record Claim(string Number, string Badge, decimal Price, decimal? Was)
{
    public bool IsDrop => Badge.Contains("down", StringComparison.OrdinalIgnoreCase) || Badge.Contains("lowest", StringComparison.OrdinalIgnoreCase);

    public bool IsRise => Badge.Contains("up", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is said because the auction ends soon.</summary>
    public bool IsEnding => Badge.StartsWith("Ends", StringComparison.OrdinalIgnoreCase);

    public bool IsNew => Badge.StartsWith("New", StringComparison.OrdinalIgnoreCase);
}
