using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Alerts.Demo.Marketplace;

/// <summary>Answers of the Browse API as bytes, field by field as eBay names them.</summary>
static class BrowseJson
{
    /// <summary>About twenty listings.</summary>
    const int InitialBytes = 32 * 1024;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Errors(BrowseError error) => Write(json =>
    {
        json.WriteStartObject();
        WriteErrors(json, "errors", [error]);
        json.WriteEndObject();
    });

    /// <summary>One page of a search; <paramref name="page"/> is the listings on it, <paramref name="matching"/> all that match.</summary>
    public static byte[] Search(BrowseQuery query, IReadOnlyList<ListingSpec> page, IReadOnlyList<ListingSpec> matching, string root) => Write(json =>
    {
        var total = matching.Count;
        json.WriteStartObject();
        json.WriteString("href", Href(query, root, query.Offset));
        json.WriteNumber("total", total);
        if (query.Offset + query.Limit < total)
            json.WriteString("next", Href(query, root, query.Offset + query.Limit));
        if (query.Offset > 0)
            json.WriteString("prev", Href(query, root, query.Offset - query.Limit));
        json.WriteNumber("limit", query.Limit);
        json.WriteNumber("offset", query.Offset);
        // Absent when nothing matches, never an empty array.
        if (page.Count > 0 && query.Refinements.Listings)
        {
            json.WriteStartArray("itemSummaries");
            foreach (var listing in page)
                WriteListing(json, listing, query, root);
            json.WriteEndArray();
        }
        query.Refinements.Write(json, matching);
        if (query.Warnings.Count > 0)
            WriteErrors(json, "warnings", query.Warnings);
        json.WriteEndObject();
    });

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(InitialBytes);
        using (var json = new Utf8JsonWriter(bytes, Options))
            write(json);
        return bytes.WrittenSpan.ToArray();
    }

    static string Href(BrowseQuery query, string root, int offset) =>
        $"{root}buy/browse/v1/item_summary/search?{query.WithoutOffset}&offset={offset}";

    static void WriteErrors(Utf8JsonWriter json, string name, IReadOnlyList<BrowseError> errors)
    {
        json.WriteStartArray(name);
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteNumber("errorId", error.ErrorId);
            json.WriteString("domain", error.Domain);
            json.WriteString("category", error.Category);
            json.WriteString("message", error.Message);
            if (error.LongMessage is not null)
                json.WriteString("longMessage", error.LongMessage);
            if (error.Parameter is not null)
            {
                json.WriteStartArray("parameters");
                json.WriteStartObject();
                json.WriteString("name", error.Parameter);
                json.WriteString("value", error.Value);
                json.WriteEndObject();
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteListing(Utf8JsonWriter json, ListingSpec listing, BrowseQuery query, string root)
    {
        json.WriteStartObject();
        json.WriteString("itemId", listing.ItemId);
        json.WriteString("title", listing.Title.Length <= 80 ? listing.Title : listing.Title[..80]);
        if (listing.IsVariationGroup)
            json.WriteString("itemGroupHref", $"{root}buy/browse/v1/item/get_items_by_item_group?item_group_id={listing.LegacyItemId}");
        json.WriteStartArray("leafCategoryIds");
        json.WriteStringValue(listing.CategoryId);
        json.WriteEndArray();
        if (listing.HasImage)
        {
            WriteImage(json, "image", listing, root);
            json.WriteStartArray("thumbnailImages");
            WriteImage(json, null, listing, root);
            json.WriteEndArray();
        }
        if (listing.Price is { } price)
            WriteMoney(json, "price", price, listing.Currency, listing.ConvertedFromValue, listing.ConvertedFromCurrency);
        if (listing.IsVariationGroup)
            json.WriteString("itemGroupType", "SELLER_DEFINED_VARIATIONS");
        json.WriteString("itemHref", $"{root}buy/browse/v1/item/{Uri.EscapeDataString(listing.ItemId)}");
        WriteSeller(json, listing);
        WriteDiscount(json, listing);
        if (listing.ConditionId is { } condition)
        {
            json.WriteString("condition", Condition.Name(condition));
            json.WriteString("conditionId", condition.ToString(CultureInfo.InvariantCulture));
        }
        WriteShipping(json, listing, query.Buyer);
        json.WriteStartArray("buyingOptions");
        foreach (var option in listing.BuyingOptions)
            json.WriteStringValue(option);
        json.WriteEndArray();
        if (listing.CurrentBidPrice is { } bid)
            WriteMoney(json, "currentBidPrice", bid, listing.Currency);
        if (listing.BidCount is { } bids)
            json.WriteNumber("bidCount", bids);
        var page = $"{root}itm/{listing.LegacyItemId}{(listing.VariationId == 0 ? "" : $"?var={listing.VariationId}")}";
        json.WriteString("itemWebUrl", page);
        if (query.Buyer.AffiliateCampaignId is { } campaign)
            json.WriteString("itemAffiliateWebUrl", $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}campid={Uri.EscapeDataString(campaign)}");
        json.WriteStartObject("itemLocation");
        json.WriteString("country", listing.Country);
        if (listing.PostalCode is { } postalCode)
            json.WriteString("postalCode", postalCode);
        json.WriteEndObject();
        WriteDistance(json, listing, query.Filter.Pickup);
        json.WriteBoolean("adultOnly", false);
        json.WriteString("legacyItemId", listing.LegacyItemId);
        json.WriteBoolean("availableCoupons", false);
        json.WriteString("itemCreationDate", Instant(listing.CreatedAt));
        if (listing.EndsAt is { } end)
            json.WriteString("itemEndDate", Instant(end));
        json.WriteBoolean("topRatedBuyingExperience", false);
        json.WriteBoolean("priorityListing", false);
        json.WriteString("listingMarketplaceId", query.Site.Id);
        json.WriteEndObject();
    }

    static void WriteImage(Utf8JsonWriter json, string? name, ListingSpec listing, string root)
    {
        if (name is not null)
            json.WritePropertyName(name);
        json.WriteStartObject();
        json.WriteString("imageUrl", $"{root}images/{listing.LegacyItemId}.png");
        json.WriteEndObject();
    }

    static void WriteSeller(Utf8JsonWriter json, ListingSpec listing)
    {
        json.WriteStartObject("seller");
        json.WriteString("username", listing.Seller);
        json.WriteString("feedbackPercentage", listing.SellerFeedbackPercent.ToString("0.0", CultureInfo.InvariantCulture));
        json.WriteNumber("feedbackScore", listing.SellerFeedbackScore);
        json.WriteEndObject();
    }

    static void WriteDiscount(Utf8JsonWriter json, ListingSpec listing)
    {
        if (listing.OriginalPrice is not { } original || listing.Price is not { } price || original <= price)
            return;
        json.WriteStartObject("marketingPrice");
        WriteMoney(json, "originalPrice", original, listing.Currency);
        json.WriteString("discountPercentage", ((int)(100 * (original - price) / original)).ToString(CultureInfo.InvariantCulture));
        WriteMoney(json, "discountAmount", original - price, listing.Currency);
        json.WriteString("priceTreatment", "STRIKE_THROUGH");
        json.WriteEndObject();
    }

    static void WriteDistance(Utf8JsonWriter json, ListingSpec listing, PickupPlace? pickup)
    {
        if (pickup?.DistanceTo(listing) is not { } distance)
            return;
        json.WriteStartObject("distanceFromPickupLocation");
        json.WriteString("unitOfMeasure", pickup.IsInKilometres ? "km" : "mi");
        json.WriteString("value", distance.ToString("0.0", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    static void WriteShipping(Utf8JsonWriter json, ListingSpec listing, BuyerContext buyer)
    {
        if (listing.ShippingCostType is null)
            return;
        json.WriteStartArray("shippingOptions");
        json.WriteStartObject();
        json.WriteString("shippingCostType", listing.ShippingCostType);
        if (listing.ShippingCostFor(buyer) is { } cost)
            WriteMoney(json, "shippingCost", cost, listing.Currency);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    static void WriteMoney(Utf8JsonWriter json, string name, decimal value, string currency, decimal? convertedFrom = null, string? convertedFromCurrency = null)
    {
        json.WriteStartObject(name);
        json.WriteString("value", Amount(value));
        json.WriteString("currency", currency);
        if (convertedFrom is { } from)
        {
            json.WriteString("convertedFromValue", Amount(from));
            json.WriteString("convertedFromCurrency", convertedFromCurrency);
        }
        json.WriteEndObject();
    }

    static string Amount(decimal value) => value.ToString("F2", CultureInfo.InvariantCulture);

    static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
