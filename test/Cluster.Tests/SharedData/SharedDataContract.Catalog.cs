using Alerts.Search;
using Alerts.SharedData;
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

    /// <summary>A search in Hong Kong saw the listing last: a search in the United States still shows what was stated there.</summary>
    [Fact]
    public async Task A_changed_listing_has_price_shipping_and_page_of_the_searchs_marketplace()
    {
        var there = Of(1, 80) with { Price = new(624, "HKD"), Url = "https://www.ebay.example.hk/itm/1", Shipping = new(90, "HKD") };
        await Database.WriteAsync(Batch(0, Of(1, 100) with { Shipping = new(5, "USD") }));
        await Database.WriteAsync(Batch(60, Of(1, 80) with { Shipping = new(6, "USD") }), InHongKong(61, there));
        await Database.WriteAsync(Batch(62, Of(1, 80) with { Shipping = new(6, "USD") }), InHongKong(63, there));
        await Database.WriteAsync(InHongKong(65, there));

        var here = Assert.Single(await Database.Catalog.ChangedAsync(Query, Start, Start, Cancellation)).Product;
        var inHongKong = Assert.Single(await Database.Catalog.ChangedAsync(HongKong, Start, Start, Cancellation)).Product;

        Assert.Equal(
            ("EBAY_US", new Money(80, "USD"), new Money(6, "USD"), "https://www.ebay.example/itm/1", Start.AddMinutes(62)),
            (here.Marketplace, here.Price, here.Shipping!.Value, here.Url, here.LastSeen));
        Assert.Equal(
            ("EBAY_HK", new Money(624, "HKD"), new Money(90, "HKD"), "https://www.ebay.example.hk/itm/1", Start.AddMinutes(65)),
            (inHongKong.Marketplace, inHongKong.Price, inHongKong.Shipping!.Value, inHongKong.Url, inHongKong.LastSeen));
        Assert.Equal(new Money(80, "USD"), inHongKong.SellerPrice);
    }

    [Fact]
    public async Task In_one_batch_every_marketplace_keeps_what_it_stated_last()
    {
        await Database.WriteAsync(Batch(0, Of(1, 100)));
        await Database.WriteAsync(
            Batch(1, Of(1, 80)), InHongKong(2, Of(1, 80) with { Price = new(624, "HKD") }), Batch(3, Of(1, 80) with { Shipping = new(6, "USD") }));

        Assert.Equal(
            ["EBAY_HK | 624 | HKD | -", "EBAY_US | 80 | USD | 6"],
            await Database.RowsAsync("SELECT marketplace, price, currency, shipping FROM product_offers ORDER BY marketplace"));
        Assert.Equal([(0, 100m), (1, 80m)], await Database.HistoryAsync(1));
    }

    /// <summary>A silo of the release before writes products alone.</summary>
    [Fact]
    public async Task A_listing_without_an_offer_is_shown_by_searches_of_the_marketplace_that_saw_it_last()
    {
        await Database.WriteAsync(Batch(0, Of(1, 100)), InHongKong(1, Of(1, 100)));
        await Database.WriteAsync(InHongKong(2, Of(1, 80)), Batch(3, Of(1, 80)));
        await Database.RowsAsync("DELETE FROM product_offers");

        Assert.Single(await Database.Catalog.ChangedAsync(Query, Start, Start, Cancellation));
        Assert.Empty(await Database.Catalog.ChangedAsync(HongKong, Start, Start, Cancellation));
    }

    const string HongKong = "EBAY_HK?q=iphone%2013&sort=price";

    static ProductBatch InHongKong(double minutes, Listing listing) => Batch(minutes, listing) with { Query = HongKong, Marketplace = "EBAY_HK" };

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
