using Alerts.SharedData;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Search;

/// <summary>
/// One distinct search, shared by all its users. Calls come one after the other, so the first in a window asks eBay
/// and those behind it get the same answer: single-flight without a lock. The snapshot lives in memory only: eBay has it again.
/// </summary>
public sealed partial class SearchGrain(
    EbaySearch ebay,
    IOptions<AlertsOptions> options,
    ProductStream products,
    TimeProvider clock,
    ILogger<SearchGrain> logger) : Grain, ISearchGrain
{
    SearchSnapshot? snapshot;
    string? failure;
    DateTimeOffset nextFetch;

    string Query => this.GetPrimaryKeyString();

    public async Task<SearchAnswer> GetAsync(long knownVersion)
    {
        if (clock.GetUtcNow() >= nextFetch)
            await FetchAsync();
        return new SearchAnswer
        {
            Snapshot = failure is null && snapshot!.Version != knownVersion ? snapshot : null,
            FetchedAt = snapshot?.FetchedAt,
            Failure = failure,
            NextFetch = nextFetch,
        };
    }

    public Task<SearchAnswer> PeekAsync() => Task.FromResult(new SearchAnswer
    {
        Snapshot = snapshot,
        FetchedAt = snapshot?.FetchedAt,
        Failure = failure,
        NextFetch = nextFetch == default ? null : nextFetch,
    });

    async Task FetchAsync()
    {
        var window = options.Value.ReminderPeriod;
        try
        {
            var (listings, total) = await ebay.FindAsync(Query, CancellationToken.None);
            var now = clock.GetUtcNow();
            snapshot = new SearchSnapshot { Version = SnapshotVersion.Of(listings), FetchedAt = now, Listings = listings, Total = total };
            failure = null;
            nextFetch = SearchWindow.NextFetch(now, window);
        }
        catch (SearchFailedException fault)
        {
            failure = fault.Message;
            nextFetch = SearchWindow.NextFetchAfterFailure(clock.GetUtcNow(), window, fault.RetryAfter);
            LogFailed(fault.InnerException, Query, fault.Message);
            return;
        }

        await PublishAsync(snapshot);
    }

    /// <summary>Hands the listings to the shared product data. Losing them is no harm: the next search brings them again.</summary>
    async Task PublishAsync(SearchSnapshot found)
    {
        try
        {
            if (!await products.PublishAsync(Query, found))
                LogPublishRefused(Query);
        }
        catch (Exception fault)
        {
            LogPublishFailed(fault, Query);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Search {Query} failed: {Reason} What was known stays")]
    partial void LogFailed(Exception? fault, string query, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What search {Query} found was not handed to the shared product data; the next search brings it again")]
    partial void LogPublishFailed(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Debug, Message = "What search {Query} found was not handed to the shared product data, which has no room; the next search brings it again")]
    partial void LogPublishRefused(string query);
}
