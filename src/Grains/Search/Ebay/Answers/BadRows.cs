using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Alerts.Search.Ebay.Answers;

/// <summary>
/// Counts the rows in eBay's answers that could not be read, and logs the id of one of them once an hour. Safe for concurrent use.
/// </summary>
public sealed partial class BadRows
{
    static readonly TimeSpan logEvery = TimeSpan.FromHours(1);

    readonly Counter<long> rows;
    readonly TimeProvider clock;
    readonly ILogger<BadRows> logger;
    readonly Lock gate = new();
    DateTimeOffset quietUntil;

    public BadRows(IMeterFactory meters, TimeProvider clock, ILogger<BadRows> logger)
    {
        (this.clock, this.logger) = (clock, logger);
        rows = meters.Create(SearchMetrics.MeterName)
            .CreateCounter<long>("alerts.ebay.bad_rows", "{row}", "Rows of eBay's answers that could not be read and were left out.");
    }

    /// <summary>Rows of a page were left out. Each is given by its item's id, or null when that could not be read either.</summary>
    public void LeftOut(ImmutableArray<string?> itemIds)
    {
        rows.Add(itemIds.Length);
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (now < quietUntil)
                return;
            quietUntil = now + logEvery;
        }

        LogLeftOut(itemIds.Length, itemIds.FirstOrDefault(id => id is not null) ?? "unreadable");
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Count} rows of an answer of eBay could not be read and were left out, item {ItemId} among them; this is logged once "
            + "an hour")]
    partial void LogLeftOut(int count, string itemId);
}
