using Alerts.Demo.Marketplace;

namespace Alerts.EndToEnd.Support;

/// <summary>Listings by number, title and price; what else they have does not matter to the test.</summary>
static class ThingsOnSale
{
    public static ListingSpec Phone(int number, decimal price) => new($"1000000000{number:00}", $"iPhone 13 number {number}", price);

    public static IReadOnlyList<ListingSpec> Phones(params decimal[] prices) => [.. prices.Select((price, index) => Phone(index + 1, price))];
}
