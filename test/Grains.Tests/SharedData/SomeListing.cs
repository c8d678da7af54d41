using Alerts.Search;
using Alerts.SharedData;

namespace Alerts.Tests.SharedData;

/// <summary>Listings whose other values do not matter.</summary>
public static class SomeListing
{
    /// <summary>The moment the tests count from.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, 589, TimeSpan.Zero);

    /// <summary>A query without anything special.</summary>
    public const string Query = "EBAY_US?q=iphone%2013&sort=price";

    /// <summary>A listing of a number at a price.</summary>
    public static Listing Of(long number, decimal price = 10m, string currency = "USD") => new()
    {
        ItemId = $"v1|{number}|0",
        ListingNumber = number,
        Title = $"iPhone 13, no. {number}",
        Price = new(price, currency),
        SellerPrice = new(price, currency),
        Condition = "Used",
        BuyingOptions = ["FIXED_PRICE"],
        Url = $"https://www.ebay.example/itm/{number}",
        Seller = "a-seller-name",
    };

    /// <summary>What a search found so many minutes after the start.</summary>
    public static ProductBatch Batch(double minutes, params IEnumerable<Listing> listings) => new()
    {
        Query = Query,
        Marketplace = "EBAY_US",
        ObservedAt = Start.AddMinutes(minutes),
        Listings = [.. listings.Select((listing, rank) => new RankedListing(rank, listing))],
    };
}
