using System.Collections.Immutable;
using Alerts.Search;
using Alerts.SharedData.Prices;
using Alerts.SharedData.Products;

namespace Alerts.Insights;

/// <summary>
/// Describes how a listing's own price changed. Pure. A listing is never compared with another one; nothing is averaged or predicted (eBay
/// API licence).
/// </summary>
public static class InsightFinder
{
    /// <summary>The listing as an insight; null when it costs no less than at the beginning of the span.</summary>
    /// <param name="product">The listing.</param>
    /// <param name="prices">All its known prices, in order of time.</param>
    /// <param name="now">The end of the last day.</param>
    /// <param name="days">The length of the span in days.</param>
    /// <param name="leastDrop">The smallest drop that counts, as a fraction of the price.</param>
    public static ListingInsight? Find(ProductDetails product, ImmutableArray<PricePoint> prices, DateTimeOffset now, int days,
        decimal leastDrop)
    {
        // A seller who changed the currency began a new history.
        var own = prices.Where(point => point.Price.Currency == product.SellerPrice.Currency).ToImmutableArray();
        var begin = now.UtcDateTime.AddDays(-days);
        var before = At(own, begin) ?? own.Where(point => point.At > begin).Select(point => (PricePoint?)point).FirstOrDefault();
        if (before is not { Price: { Value: > 0 } was } || was.Value - product.SellerPrice.Value < was.Value * leastDrop)
            return null;

        var within = own.Where(point => point.At > begin).Append(before.Value).ToList();
        var lowestKnown = own.Min(point => point.Price.Value);
        return new()
        {
            Listing = ListingOf(product),
            Before = was,
            SeenAt = product.LastSeen,
            Trend = new()
            {
                Days = [.. Enumerable.Range(1, days).Select(day => At(own, begin.AddDays(day))?.Price.Value)],
                Lowest = within.MinBy(point => point.Price.Value).Price,
                Highest = within.MaxBy(point => point.Price.Value).Price,
                LowestSince = product.SellerPrice.Value == lowestKnown ? own[0].At : null,
            },
        };
    }

    /// <summary>The price at a moment; null before the first known price.</summary>
    static PricePoint? At(ImmutableArray<PricePoint> prices, DateTime moment)
    {
        PricePoint? standing = null;
        foreach (var point in prices)
        {
            if (point.At > moment)
                break;
            standing = point;
        }

        return standing;
    }

    static Listing ListingOf(ProductDetails product) => new()
    {
        ItemId = product.ItemId,
        ListingNumber = product.ListingNumber,
        Title = product.Title,
        Price = product.Price,
        SellerPrice = product.SellerPrice,
        Condition = product.Condition,
        BuyingOptions = product.BuyingOptions,
        Url = product.Url ?? "",
        ImageUrl = product.ImageUrl,
        Shipping = product.Shipping,
    };
}
