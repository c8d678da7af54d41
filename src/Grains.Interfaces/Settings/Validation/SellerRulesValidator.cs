using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Alerts.Settings.Sites;
using static Alerts.Settings.Validation.SearchLimits;

namespace Alerts.Settings.Validation;

/// <summary>Checks the rules about sellers. A kind of account can be asked for only where eBay states it (12014).</summary>
static partial class SellerRulesValidator
{
    static readonly string accountTypes = string.Join(", ", JsonNames.AllOf<SellerAccountType>());

    public static void Check(SearchSettings search, string path, FieldErrors errors)
    {
        CheckNames(search.Sellers, $"{path}sellers", errors);
        CheckNames(search.ExcludeSellers, $"{path}excludeSellers", errors);
        errors.Require(search.Sellers.IsDefaultOrEmpty
            || search.ExcludeSellers.IsDefaultOrEmpty, $"{path}excludeSellers", "Give sellers or excludeSellers, not both.");
        if (search.Seller is not { } seller)
            return;
        errors.Require(seller.MinPercent is null or (>= 0 and <= 100), $"{path}seller.minPercent",
            "The least feedback is 0 to 100 per cent.");
        errors.Require(seller.MinRatings is null or (>= 0 and <= MaxRatings), $"{path}seller.minRatings",
            $"The least number of ratings is 0 to {MaxRatings}.");
        errors.Require(seller.AccountType is not { } type
            || Enum.IsDefined(type), $"{path}seller.accountType", $"An account is one of {accountTypes}.");
        errors.Require(seller.AccountType is null || search.Marketplace is not { } marketplace || Marketplaces.HasAccountTypes(marketplace),
            $"{path}seller.accountType", "This marketplace does not say what kind of account a seller has.");
        CheckNames(seller.Include, $"{path}seller.include", errors);
        CheckNames(seller.Exclude, $"{path}seller.exclude", errors);
        errors.Require(seller.Include.IsDefaultOrEmpty
            || seller.Exclude.IsDefaultOrEmpty, $"{path}seller.exclude", "Give include or exclude, not both.");
    }

    static void CheckNames(ImmutableArray<string> sellers, string path, FieldErrors errors)
    {
        if (sellers.IsDefault)
            return;
        errors.Require(sellers.Length <= MaxSellers, path, $"At most {MaxSellers} sellers.");
        for (var i = 0; i < Math.Min(sellers.Length, MaxSellers); i++)
            errors.Require(sellers[i] is { Length: > 0 and <= MaxSeller } name && SellerPattern.IsMatch(name), $"{path}[{i}]",
                $"A seller is an eBay user name: 1 to {MaxSeller} letters, digits and . _ * ! $ ~ @ -");
    }

    [GeneratedRegex(@"^[A-Za-z0-9._*!$~@-]+\z")]
    private static partial Regex SellerPattern { get; }
}
