using Alerts.Search;
using Alerts.SharedData.Products;
using Alerts.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Insights;

/// <summary>
/// Reads a search's changed listings from the shared database. Calls are handled one after the other: the first one reads, and those behind
/// it get the same answer.
/// </summary>
public sealed partial class InsightGrain(
    ProductCatalog catalog, SqlDialect dialect, IOptions<InsightOptions> options, TimeProvider clock, ILogger<InsightGrain> logger)
        : Grain, IInsightGrain
{
    /// <summary>Listings kept for a search; users' own filters choose among them.</summary>
    const int MaxListings = 50;

    QueryInsight? insight;
    DateTimeOffset foundAt;

    public async Task<QueryInsight> GetAsync()
    {
        var now = clock.GetUtcNow();
        if (insight is not null && now - foundAt < options.Value.Fresh)
            return insight;
        try
        {
            insight = await FindAsync(now);
            foundAt = now;
            return insight;
        }
        catch (Exception fault) when (dialect.IsTransient(fault))
        {
            LogFailed(fault, this.GetPrimaryKeyString());
            throw new StoreUnavailableException("The shared database cannot be read.");
        }
    }

    async Task<QueryInsight> FindAsync(DateTimeOffset now)
    {
        var (days, leastDrop) = (options.Value.Days, options.Value.LeastDrop);
        // An answer is kept for a while. So it may only have listings that may still be shown at the end of that time.
        var seenSince = now - (Freshness.ShownFor - options.Value.Fresh);
        var changed = await catalog.ChangedAsync(this.GetPrimaryKeyString(), seenSince, now.AddDays(-days), CancellationToken.None);
        return new([.. changed
            .Select(listing => InsightFinder.Find(listing.Product, listing.Prices, now, days, leastDrop))
            .OfType<ListingInsight>()
            .OrderByDescending(listing => listing.Drop)
            .ThenBy(listing => listing.Listing.ItemId, StringComparer.Ordinal)
            .Take(MaxListings)]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The price drops of search {Query} could not be read; the next request tries again")]
    partial void LogFailed(Exception fault, string query);
}
