namespace Alerts.SharedData;

/// <summary>The health of one shard of the shared product data.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SharedDataHealth")]
public sealed record SharedDataHealth
{
    /// <summary>Listings written since the writer was activated.</summary>
    [Id(0)] public required long RowsWritten { get; init; }

    /// <summary>Listings on the stream or being written.</summary>
    [Id(1)] public required int RowsPending { get; init; }

    /// <summary>When a transaction was last committed; null before the first.</summary>
    [Id(2)] public DateTimeOffset? LastWrite { get; init; }

    /// <summary>Since when every attempt on the database failed; null while it works.</summary>
    [Id(3)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Batches refused since the activation because there was no room.</summary>
    [Id(4)] public required long BatchesRefused { get; init; }

    /// <summary>The time from eBay's answer until its listings were in the database, in the last delivery; null before the first.</summary>
    [Id(5)] public TimeSpan? Lag { get; init; }
}
