namespace Alerts.SharedData;

/// <summary>How one shard of the shared product data is doing.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SharedDataHealth")]
public sealed record SharedDataHealth
{
    /// <summary>Listings written since the writer was activated.</summary>
    [Id(0)] public required long RowsWritten { get; init; }

    /// <summary>Listings on the stream or being written.</summary>
    [Id(1)] public required int RowsPending { get; init; }

    /// <summary>When a transaction was last committed; null before the first.</summary>
    [Id(2)] public DateTimeOffset? LastWrite { get; init; }

    /// <summary>Since when the database has failed without a success in between; null while it works.</summary>
    [Id(3)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Batches refused for want of room since activation.</summary>
    [Id(4)] public required long BatchesRefused { get; init; }

    /// <summary>Time from eBay's answer to its listings being in the database, in the last delivery; null before the first.</summary>
    [Id(5)] public TimeSpan? Lag { get; init; }
}
