using Alerts.Search;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public abstract partial class SharedDataContract
{
    [Fact]
    public async Task A_product_is_read_with_its_lowest_and_highest_price()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10)), Batch(2, Of(42, 7)), Batch(4, Of(42, 12)), Batch(6, Of(42, 9) with { Price = new(8.1m, "EUR") }));

        var product = await Database.Catalog.FindAsync("v1|42|0", Cancellation);

        Assert.NotNull(product);
        Assert.Equal(
            (new Money(8.1m, "EUR"), new Money(9, "USD"), Start.AddMinutes(6), Start, Start.AddMinutes(6)),
            (product.Price, product.SellerPrice, product.PriceSince, product.FirstSeen, product.LastSeen));
        Assert.Equal((Start.AddMinutes(2).UtcDateTime, new Money(7, "USD")), (product.Lowest!.Value.At, product.Lowest.Value.Price));
        Assert.Equal((Start.AddMinutes(4).UtcDateTime, new Money(12, "USD")), (product.Highest!.Value.At, product.Highest.Value.Price));
        Assert.Equal(["FIXED_PRICE"], product.BuyingOptions);
        Assert.Null(await Database.Catalog.FindAsync("v1|43|0", Cancellation));
    }

    [Fact]
    public async Task Prices_of_a_time_begin_with_the_one_that_stood_then()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10)), Batch(10, Of(42, 9)), Batch(20, Of(42, 8)), Batch(30, Of(42, 7)));

        var series = await Database.Catalog.PricesAsync("v1|42|0", Start.AddMinutes(15), Start.AddMinutes(30), 100, Cancellation);

        Assert.Equal([(10, 9m), (20, 8m)], series!.Points.Select(point => ((point.At - Start.UtcDateTime).TotalMinutes, point.Price.Value)));
        Assert.Equal(2, series.Total);
        Assert.Null(await Database.Catalog.PricesAsync("v1|43|0", Start, Start.AddDays(1), 100, Cancellation));
    }

    [Fact]
    public async Task Many_prices_are_thinned()
    {
        await Database.WriteAsync([.. Enumerable.Range(0, 500).Select(minute => Batch(minute, Of(42, 100 + minute % 7)))]);

        var series = await Database.Catalog.PricesAsync("v1|42|0", Start.AddMinutes(-1), Start.AddDays(1), 20, Cancellation);

        Assert.Equal(500, series!.Total);
        Assert.InRange(series.Points.Length, 10, 20);
        Assert.Equal((0, 499), ((series.Points[0].At - Start.UtcDateTime).TotalMinutes, (series.Points[^1].At - Start.UtcDateTime).TotalMinutes));
    }

    [Fact]
    public async Task Changed_listings_of_a_search_are_those_seen_lately_whose_price_moved_lately()
    {
        await Database.WriteAsync(Batch(0, Of(1, 10), Of(2, 10), Of(3, 10), Of(4, 10)));
        await Database.WriteAsync(Batch(Days(1), Of(1, 9), Of(2, 10), Of(3, 10), Of(4, 9)));
        await Database.WriteAsync(Batch(Days(3), Of(1, 9), Of(2, 8), Of(3, 10), Of(5, 3)));
        await Database.WriteAsync(Batch(Days(3), Of(6, 5)) with { Query = "EBAY_US?q=another" });

        var changed = await Database.Catalog.ChangedAsync(Query, seenSince: Start.AddDays(2), changedSince: Start.AddDays(0.5), Cancellation);

        Assert.Equal(["v1|2|0", "v1|1|0"], changed.Select(listing => listing.Product.ItemId));
        Assert.Equal([10m, 8m], changed[0].Prices.Select(point => point.Price.Value));
        Assert.Equal([10m, 9m], changed[1].Prices.Select(point => point.Price.Value));
        Assert.Equal(["v1|2|0"], (await Database.Catalog.ChangedAsync(Query, Start.AddDays(2), Start.AddDays(2), Cancellation)).Select(listing => listing.Product.ItemId));
        Assert.Empty(await Database.Catalog.ChangedAsync("EBAY_US?q=another", Start, Start, Cancellation));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
