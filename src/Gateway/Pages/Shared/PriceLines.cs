using System.Data.Common;
using Alerts.Search;
using Alerts.SharedData.Prices;
using Alerts.SharedData.Products;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>The prices of listings on a page over the last weeks, read at once. Without them a page is shown all the same.</summary>
sealed class PriceLines(ProductCatalog catalog, TimeProvider clock)
{
    static readonly TimeSpan shown = TimeSpan.FromDays(30);
    static readonly ILookup<string, PricePoint> none = Enumerable.Empty<PricePoint>().ToLookup(_ => "");

    /// <summary>By item id, each listing's in the order of time.</summary>
    public async Task<ILookup<string, PricePoint>> OfAsync(IEnumerable<Listing> listings, CancellationToken cancellationToken)
    {
        try
        {
            var ids = listings.Select(listing => listing.ItemId).ToHashSet(StringComparer.Ordinal);
            return await catalog.PricesAsync(ids, clock.GetUtcNow() - shown, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            return none;
        }
    }
}
