using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News;

/// <summary>Whether a listing costs no more than the search's target price. Pure.</summary>
static class TargetPrice
{
    /// <summary>Whether the rules have a target price, with or without shipping.</summary>
    public static bool IsSet(AlertRules rules) => rules.PriceAtOrBelow is not null || rules.TotalAtOrBelow is not null;

    /// <summary>Whether a listing meets the target price; true where there is none.</summary>
    public static bool IsMet(AlertRules rules, Listing listing) => IsMet(rules, listing, listing.SellerPrice.Value);

    /// <summary>The same, as if the seller asked <paramref name="sellerPrice"/>.</summary>
    public static bool IsMet(AlertRules rules, Listing listing, decimal sellerPrice) =>
        !(sellerPrice > rules.PriceAtOrBelow)
        && (rules.TotalAtOrBelow is not { } total || IsTotalMet(total, rules.UnknownShipping, listing, sellerPrice));

    /// <summary>Price and shipping are added as the marketplace shows them. Shipping in another currency counts as unknown.</summary>
    static bool IsTotalMet(decimal total, UnknownShipping unknown, Listing listing, decimal sellerPrice)
    {
        var shown = listing.SellerPrice.Value == 0 ? sellerPrice : listing.Price.Value * (sellerPrice / listing.SellerPrice.Value);
        return listing.Shipping is { } shipping && shipping.Currency == listing.Price.Currency
            ? shown + shipping.Value <= total
            : unknown is UnknownShipping.Include && shown <= total;
    }
}
