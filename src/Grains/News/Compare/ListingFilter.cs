using System.Collections.Immutable;
using System.Text;
using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News.Compare;

/// <summary>
/// Leaves out what a user does not want to see of a shared result: by words, sellers, single listings, and ended ones. Pure.
/// </summary>
sealed class ListingFilter(SearchSettings search, DateTimeOffset fetchedAt)
{
    readonly string[] excluded = Folded(search.ExcludeWords);
    readonly string[] included = Folded(search.IncludeWords);

    /// <summary>
    /// The listings that a user is shown: the cheapest in eBay's order, then the newest. Without sellers' names (eBay API licence).
    /// </summary>
    public static IEnumerable<Listing> Shown(SearchSettings search, SearchSnapshot snapshot)
    {
        var filter = new ListingFilter(search, snapshot.FetchedAt);
        return snapshot.Listings.Concat(snapshot.Newest).DistinctBy(listing => listing.ItemId).Where(filter.Lets)
            .Select(listing => listing.WithoutSeller());
    }

    /// <summary>Whether the user wants to see this listing.</summary>
    public bool Lets(Listing listing) =>
        !(listing.EndsAt <= fetchedAt) && !IsExcluded(listing.ListingNumber) && LetsSeller(listing.Seller)
            && LetsSeller(listing, search.Seller)
        && LetsTitle(listing.Title);

    bool IsExcluded(long number) => !search.ExcludeListings.IsDefaultOrEmpty && search.ExcludeListings.Contains(number);

    bool LetsSeller(string? seller) =>
        seller is null
        || (!search.ExcludeSellers.Contains(seller, StringComparer.OrdinalIgnoreCase)
            && (search.Sellers.IsEmpty || search.Sellers.Contains(seller, StringComparer.OrdinalIgnoreCase)));

    bool LetsTitle(string title)
    {
        if (excluded.Length + included.Length == 0)
            return true;
        var folded = Fold(title);
        return !HasAny(folded, excluded) && (included.Length == 0 || HasAny(folded, included));
    }

    /// <summary>A listing that does not state a required property fails the filter.</summary>
    static bool LetsSeller(Listing listing, SellerRules? rules) =>
        rules is null
        || ((rules.MinPercent is not { } percent || listing.SellerPercent >= percent)
            && (rules.MinRatings is not { } ratings || listing.SellerRatings >= ratings)
            && (rules.AccountType is not { } type || listing.SellerAccountType == type.JsonName())
            && (rules.Include.IsDefaultOrEmpty || IsAmong(listing.Seller, rules.Include))
            && (rules.Exclude.IsDefaultOrEmpty || !IsAmong(listing.Seller, rules.Exclude)));

    static bool IsAmong(string? seller, ImmutableArray<string> names) =>
        seller is not null && names.Contains(seller, StringComparer.OrdinalIgnoreCase);

    static bool HasAny(string title, string[] words)
    {
        foreach (var word in words)
        {
            if (HasWord(title, word))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the word stands alone in the title, without a letter or digit next to it: "case" is not found in "bookcase".
    /// </summary>
    static bool HasWord(string title, string word)
    {
        for (var at = title.IndexOf(word, StringComparison.Ordinal); at >= 0; at = title.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !JoinsWords(title[at - 1]) || !JoinsWords(word[0]))
                && (end == title.Length || !JoinsWords(title[end]) || !JoinsWords(word[^1])))
                return true;
        }

        return false;
    }

    /// <summary>Letters, digits, surrogate halves, and combining marks.</summary>
    static bool JoinsWords(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    static string[] Folded(ImmutableArray<string> words) =>
        words.IsDefaultOrEmpty ? [] : [.. words.Select(Fold).Where(word => word.Length > 0)];

    /// <summary>
    /// Normalizes text: compatibility form (full-width letters become letters, accents one form), one case, single blanks.
    /// </summary>
    static string Fold(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);
        return string.Join(' ', folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
