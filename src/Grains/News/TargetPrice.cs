using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News;

/// <summary>Whether a listing costs what a search's owner wants to pay at most. Pure.</summary>
static class TargetPrice
{
    /// <summary>Whether the rules name a price to pay at most, with or without shipping.</summary>
    public static bool IsSet(AlertRules rules) => rules.PriceAtOrBelow is not null || rules.TotalAtOrBelow is not null;

    /// <summary>Whether a listing meets the rules; true where they name no price.</summary>
    public static bool IsMet(AlertRules rules, Listing listing) => IsMet(rules, listing, listing.SellerPrice.Value);

    /// <summary>The same of a listing as if its seller asked another price.</summary>
    public static bool IsMet(AlertRules rules, Listing listing, decimal sellerPrice) =>
        !(sellerPrice > rules.PriceAtOrBelow)
        && (rules.TotalAtOrBelow is not { } total || IsTotalMet(total, rules.UnknownShipping, listing, sellerPrice));

    /// <summary>Price and shipping are added as the marketplace shows them; shipping in another currency is as good as not stated.</summary>
    static bool IsTotalMet(decimal total, UnknownShipping unknown, Listing listing, decimal sellerPrice)
    {
        var shown = listing.SellerPrice.Value == 0 ? sellerPrice : listing.Price.Value * (sellerPrice / listing.SellerPrice.Value);
        return listing.Shipping is { } shipping && shipping.Currency == listing.Price.Currency
            ? shown + shipping.Value <= total
            : unknown is UnknownShipping.Include && shown <= total;
    }
}
