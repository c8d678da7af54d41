using System.Collections.Immutable;
using System.Globalization;

namespace Alerts.Search.Ebay;

/// <summary>From eBay's item summaries to listings. Pure.</summary>
public static class ListingMapper
{
    /// <summary>
    /// The listings of a page in eBay's order. Variations of one listing become one, the cheapest (the first, as eBay sorts by price).
    /// An item without id, title, price or web page cannot be shown and is left out.
    /// </summary>
    public static ImmutableArray<Listing> Map(ImmutableArray<EbayItemSummary>? items)
    {
        if (items is not { IsDefaultOrEmpty: false } present)
            return [];
        var listings = ImmutableArray.CreateBuilder<Listing>(present.Length);
        var numbers = new HashSet<long>(present.Length);
        foreach (var item in present)
        {
            if (Map(item) is { } listing && numbers.Add(listing.ListingNumber))
                listings.Add(listing);
        }

        return listings.DrainToImmutable();
    }

    static Listing? Map(EbayItemSummary item)
    {
        // For an auction eBay's price is the opening bid or absent.
        var amount = item.CurrentBidPrice ?? item.Price;
        if (item.ItemId is not { Length: > 0 } itemId || item.Title is not { Length: > 0 } title
            || Shown(amount) is not { } price || Number(item) is not { } number
            || WebAddress(item.ItemAffiliateWebUrl ?? item.ItemWebUrl) is not { } url)
            return null;
        return new Listing
        {
            ItemId = itemId,
            ListingNumber = number,
            Title = title,
            Price = price,
            SellerPrice = Original(amount) ?? price,
            Condition = item.Condition,
            BuyingOptions = item.BuyingOptions is { IsDefault: false } options ? [.. options.Select(string.Intern)] : [],
            Url = url,
            ImageUrl = WebAddress(item.Image?.ImageUrl ?? item.ThumbnailImages?.FirstOrDefault()?.ImageUrl),
            Shipping = item.ShippingOptions?.Select(option => Shown(option.ShippingCost)).Where(cost => cost is not null).MinBy(cost => cost!.Value.Value),
            BidCount = item.BidCount,
            EndsAt = item.ItemEndDate,
            CreatedAt = item.ItemCreationDate,
            Country = item.ItemLocation?.Country,
            Seller = item.Seller?.Username,
            HasVariations = item.ItemGroupHref is not null || item.ItemGroupType is not null,
        };
    }

    /// <summary>The listing's number: <c>legacyItemId</c>, or the middle of <c>v1|listing|variation</c>.</summary>
    static long? Number(EbayItemSummary item)
    {
        var text = item.LegacyItemId ?? item.ItemId!.Split('|').ElementAtOrDefault(1);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    static Money? Shown(EbayAmount? amount) => Amount(amount?.Value, amount?.Currency);

    static Money? Original(EbayAmount? amount) => Amount(amount?.ConvertedFromValue, amount?.ConvertedFromCurrency);

    static Money? Amount(string? value, string? currency) =>
        currency is { Length: 3 } && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? new Money(number, string.Intern(currency))
            : null;

    static string? WebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? text : null;
}
