using System.Text.RegularExpressions;

namespace Alerts.Accounts;

/// <summary>The pages that a mail leads to where it has no room for all news.</summary>
public static partial class LinkedPages
{
    /// <summary>The numbers of all listings on the pages that the last mail to a person links to.</summary>
    public static async Task<IReadOnlySet<string>> ReadAsync(Watcher watcher, HttpClient gateway)
    {
        var numbers = new HashSet<string>();
        foreach (var link in watcher.Links)
        {
            var page = await gateway.GetStringAsync(new Uri(link).PathAndQuery);
            numbers.UnionWith(Listing().Matches(page).Select(listing => listing.Groups["number"].Value));
        }

        return numbers;
    }

    [GeneratedRegex(@"/itm/(?<number>\d+)")]
    private static partial Regex Listing();
}
