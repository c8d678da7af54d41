using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Alerts.Search.Ebay.Answers;

/// <summary>Reads one row of eBay's answer (Browse API, ItemSummary). Pure.</summary>
static class ListingReader
{
    // The size of the shared database's columns; eBay's own limits are lower.
    const int MaxItemId = 64;
    const int MaxTitle = 255;
    const int MaxCondition = 64;
    const decimal MaxAmount = 999_999_999_999.999m;

    /// <summary>Texts that nearly every row has: memory holds one copy of each.</summary>
    static readonly FrozenSet<string> common = FrozenSet.ToFrozenSet(
        ["FIXED_PRICE", "AUCTION", "BEST_OFFER", "CLASSIFIED_AD", "INDIVIDUAL", "BUSINESS", "USD", "EUR", "GBP", "AUD", "CAD", "CHF",
            "CNY", "HKD",
            "JPY", "PLN", "SGD"],
        StringComparer.Ordinal);

    /// <summary>
    /// The listing. Null when id, title, price or page cannot be read, since it could not be shown. Any other unreadable field is left out.
    /// </summary>
    public static Listing? Read(JsonElement row, IReadOnlyCollection<string> hosts)
    {
        // For an auction, eBay's price is absent or the opening bid.
        var amount = AmountOf(row.Field("currentBidPrice")) is { } bid
            ? (bid, row.Field("currentBidPrice")) : (AmountOf(row.Field("price")), row.Field("price"));
        if (ItemIdOf(row) is not { } itemId || NumberOf(row, itemId) is not { } number || TitleOf(row) is not { } title
            || amount is not ({ } price, { } priced)
            || (WebLink.Of(row.Field("itemAffiliateWebUrl").Text()) ?? WebLink.Of(row.Field("itemWebUrl").Text())) is not { } url)
            return null;
        var seller = row.Field("seller");
        return new Listing
        {
            ItemId = itemId,
            ListingNumber = number,
            Title = title,
            Price = price,
            SellerPrice = MoneyOf(priced.Field("convertedFromValue"), priced.Field("convertedFromCurrency")) ?? price,
            Condition = row.Field("condition").Text() is { Length: > 0 and <= MaxCondition } condition ? condition : null,
            BuyingOptions = [.. row.Field("buyingOptions").Items().Select(option => OneCopy(LenientJson.Text(option))).Where(IsName)
                .Take(4)!],
            Url = WebLink.Of(url, hosts) ?? $"https://www.ebay.com/itm/{number}",
            ImageUrl = ImageOf(row, hosts),
            Shipping = row.Field("shippingOptions").Items().Select(option => AmountOf(option.Field("shippingCost")))
                .Where(cost => cost is not null).MinBy(cost => cost!.Value.Value),
            BidCount = row.Field("bidCount").Number() is >= 0 and var bids ? bids : null,
            EndsAt = row.Field("itemEndDate").Moment(),
            CreatedAt = row.Field("itemCreationDate").Moment(),
            Country = row.Field("itemLocation").Field("country").Text() is { Length: 2 } country ? country : null,
            Seller = seller.Field("username").Text(),
            SellerPercent = seller.Field("feedbackPercentage").TextOrNumber() is { } percent
                && LenientJson.Decimal(percent) is <= 100 and var share ? share : null,
            SellerRatings = seller.Field("feedbackScore").Number(),
            SellerAccountType = OneCopy(seller.Field("sellerAccountType").Text()) is { } type && IsName(type) ? type : null,
            HasVariations = row.Field("itemGroupHref") is not null || row.Field("itemGroupType") is not null,
        };
    }

    /// <summary>The id of a row, also for the log; null when it cannot be read.</summary>
    public static string? ItemIdOf(JsonElement row) =>
        row.Field("itemId").Text() is { Length: > 0 and <= MaxItemId } id && id.All(letter => letter is > ' ' and <= '~') ? id : null;

    /// <summary>The listing's number: <c>legacyItemId</c>, or the middle of <c>v1|listing|variation</c>.</summary>
    static long? NumberOf(JsonElement row, string itemId) =>
        Number(row.Field("legacyItemId").TextOrNumber()) ?? Number(itemId.Split('|').ElementAtOrDefault(1));

    static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The title on one line: HTML entities decoded once, invisible characters removed, cut to the column's length.</summary>
    static string? TitleOf(JsonElement row)
    {
        if (row.Field("title").Text() is not { } encoded)
            return null;
        return ShownText.Clean(WebUtility.HtmlDecode(encoded), MaxTitle - 2).Trim() is { Length: > 0 } title ? title : null;
    }

    static string? ImageOf(JsonElement row, IReadOnlyCollection<string> hosts) =>
        WebLink.Of(row.Field("image").Field("imageUrl").Text(), hosts)
        ?? row.Field("thumbnailImages").Items().Select(image => WebLink.Of(image.Field("imageUrl").Text(), hosts))
        .FirstOrDefault(address => address is not null);

    static Money? AmountOf(JsonElement? amount) => MoneyOf(amount.Field("value"), amount.Field("currency"));

    static Money? MoneyOf(JsonElement? value, JsonElement? currency) =>
        currency.Text() is { Length: 3 } code && code.All(char.IsAsciiLetter)
            && LenientJson.Decimal(value.TextOrNumber()) is <= MaxAmount and var number
            ? new Money(number, OneCopy(code.ToUpperInvariant())!)
            : null;

    static bool IsName(string? text) =>
        text is { Length: > 0 and <= 24 } && text.All(letter => char.IsAsciiLetter(letter) || letter == '_');

    static string? OneCopy(string? text) => text is not null && common.TryGetValue(text, out var copy) ? copy : text;
}
