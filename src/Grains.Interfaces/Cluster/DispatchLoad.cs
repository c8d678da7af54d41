using System.Collections.Immutable;

namespace Alerts.Cluster;

/// <summary>How the users of one shard are spread over the reminder window.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.DispatchLoad")]
public sealed record DispatchLoad
{
    /// <summary>The shard's number, from 0.</summary>
    [Id(0)]
    public required int Shard { get; init; }

    /// <summary>How many shards there are.</summary>
    [Id(1)]
    public required int Shards { get; init; }

    /// <summary>How many users are woken in each second of the window, from the first.</summary>
    [Id(2)]
    public required ImmutableArray<int> UsersPerSecond { get; init; }
}
