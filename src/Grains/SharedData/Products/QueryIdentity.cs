using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Alerts.SharedData.Products;

/// <summary>The name and the text of a query in the shared database.</summary>
public static partial class QueryIdentity
{
    const int IdBytes = 16;

    /// <summary>The id of a canonical query: the first 128 bits of its SHA-256 in lower-case hex, 32 characters.</summary>
    public static string IdOf(string query) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)).AsSpan(0, IdBytes));

    /// <summary>
    /// The query for other readers. Sellers' user names must not be shared (eBay API licence); only their number is shown.
    /// </summary>
    public static string TextOf(string query)
    {
        var filter = FilterParameter().Match(query);
        if (!filter.Success)
            return query;
        var shown = SellerSet().Replace(
            Uri.UnescapeDataString(filter.Groups[1].Value),
            set => $"{set.Groups[1].Value}:{{{set.Groups[2].Value.Count(letter => letter == '|') + 1}}}");
        return query[..filter.Groups[1].Index] + Uri.EscapeDataString(shown) + query[(filter.Groups[1].Index + filter.Groups[1].Length)..];
    }

    [GeneratedRegex("[?&]filter=([^&]*)", RegexOptions.CultureInvariant)]
    private static partial Regex FilterParameter();

    [GeneratedRegex(@"(sellers|excludeSellers):\{([^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex SellerSet();
}
