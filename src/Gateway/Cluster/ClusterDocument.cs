namespace Alerts.Gateway.Cluster;

/// <summary>The state of the cluster at one moment.</summary>
public sealed record ClusterDocument
{
    /// <summary>Parts of this document that did not answer in time and are empty here; none when all is well.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The silos of the membership table, oldest first: those that serve, and those that left or died and are not cleared away yet.</summary>
    public required IReadOnlyList<Silo> Silos { get; init; }

    /// <summary>How many grains of each kind are active, on all silos together.</summary>
    public required IReadOnlyList<Activation> Activations { get; init; }

    /// <summary>The shards of the users.</summary>
    public required IReadOnlyList<Shard> Shards { get; init; }

    /// <summary>The writers of the shared product data, by shard.</summary>
    public required IReadOnlyList<Writer> Writers { get; init; }

    /// <summary>The day's calls to eBay; absent before the first search since the silos started.</summary>
    public CallQuota? Quota { get; init; }

    /// <summary>Mails that did not leave; absent when not every silo answered.</summary>
    public MailHealth? Mails { get; init; }

    /// <summary>A silo.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Address">Address, port and generation, unique for each start.</param>
    /// <param name="Status">joining, active, shuttingdown, stopping or dead.</param>
    /// <param name="StartedAt">When it started.</param>
    /// <param name="LastAliveAt">When it last said that it lives; some minutes old at most.</param>
    public sealed record Silo(string? Name, string Address, string Status, DateTimeOffset StartedAt, DateTimeOffset LastAliveAt);

    /// <summary>The active grains of a kind.</summary>
    /// <param name="Grain">The kind.</param>
    /// <param name="Count">How many are in memory.</param>
    public sealed record Activation(string Grain, int Count);

    /// <summary>How the users of one shard lie in the reminder window.</summary>
    /// <param name="Number">The shard's number.</param>
    /// <param name="Users">Its users.</param>
    /// <param name="FullestSecond">How many of them are woken in the same second, at most.</param>
    /// <param name="UsersPerSecond">How many of them are woken in each second of the window, from its first.</param>
    public sealed record Shard(int Number, int Users, int FullestSecond, IReadOnlyList<int> UsersPerSecond);

    /// <summary>A writer of the shared product data.</summary>
    /// <param name="Shard">Its number.</param>
    /// <param name="RowsWritten">Listings written since it was activated.</param>
    /// <param name="RowsPending">Listings that wait or are being written.</param>
    /// <param name="BatchesRefused">Batches refused for want of room since it was activated.</param>
    /// <param name="LastWriteAt">When it last wrote; absent before the first time.</param>
    /// <param name="FailingSince">Since when the database fails; absent while it works.</param>
    /// <param name="LagSeconds">Seconds from eBay's answer to its listings being in the database, in the last delivery; absent before the first.</param>
    public sealed record Writer(int Shard, long RowsWritten, int RowsPending, long BatchesRefused, DateTimeOffset? LastWriteAt, DateTimeOffset? FailingSince, double? LagSeconds);

    /// <summary>The day's calls to eBay, as a silo last heard.</summary>
    /// <param name="Left">Calls that no silo has leased yet.</param>
    /// <param name="Limit">The day's calls.</param>
    /// <param name="DayEndsAt">When the day ends: midnight Pacific.</param>
    /// <param name="ClosedUntil">Until when eBay is left alone; absent while it takes calls.</param>
    /// <param name="Searches">Distinct searches that share the calls.</param>
    public sealed record CallQuota(int Left, int Limit, DateTimeOffset DayEndsAt, DateTimeOffset? ClosedUntil, int Searches);

    /// <summary>Mails that did not leave; <c>/v1/mails/failures</c> has them one by one.</summary>
    /// <param name="FailedLastHour">Failed attempts of the last hour, of the newest 200 that the running silos remember.</param>
    /// <param name="GivenUpLastHour">Mails given up in the last hour, of the same.</param>
    /// <param name="LastFailureAt">The newest failure; absent when there is none.</param>
    /// <param name="OldestWaitingSince">When the oldest mail was made that waits for the mail server, as far as the silos remember; absent when there is none.</param>
    public sealed record MailHealth(int FailedLastHour, int GivenUpLastHour, DateTimeOffset? LastFailureAt, DateTimeOffset? OldestWaitingSince);
}
