namespace Alerts.Gateway.Cluster;

/// <summary>The state of the cluster at one moment.</summary>
public sealed record ClusterDocument
{
    /// <summary>Parts of this document that did not answer in time and are empty here; empty in the normal case.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>
    /// The silos of the membership table, oldest first: active ones, and those that left or died and are not removed yet.
    /// </summary>
    public required IReadOnlyList<Silo> Silos { get; init; }

    /// <summary>How many grains of each kind are active, on all silos together.</summary>
    public required IReadOnlyList<Activation> Activations { get; init; }

    /// <summary>The shards of the users.</summary>
    public required IReadOnlyList<Shard> Shards { get; init; }

    /// <summary>The writers of the shared product data, by shard.</summary>
    public required IReadOnlyList<Writer> Writers { get; init; }

    /// <summary>The day's calls to eBay; absent before the first search since the silos started.</summary>
    public CallQuota? Quota { get; init; }

    /// <summary>Mails that were not sent; absent when not every silo answered.</summary>
    public MailHealth? Mails { get; init; }

    /// <summary>A silo.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Address">Address, port and generation, unique for each start.</param>
    /// <param name="Status">joining, active, shuttingdown, stopping or dead.</param>
    /// <param name="StartedAt">When it started.</param>
    /// <param name="LastAliveAt">When it last reported to be alive; at most some minutes old.</param>
    public sealed record Silo(string? Name, string Address, string Status, DateTimeOffset StartedAt, DateTimeOffset LastAliveAt);

    /// <summary>The active grains of one kind.</summary>
    /// <param name="Grain">The kind.</param>
    /// <param name="Count">How many are in memory.</param>
    public sealed record Activation(string Grain, int Count);

    /// <summary>How the users of one shard are spread over the reminder window.</summary>
    /// <param name="Number">The shard's number.</param>
    /// <param name="Users">Its users.</param>
    /// <param name="FullestSecond">The largest number of them in one second.</param>
    /// <param name="UsersPerSecond">How many of them are woken in each second of the window, from the first.</param>
    public sealed record Shard(int Number, int Users, int FullestSecond, IReadOnlyList<int> UsersPerSecond);

    /// <summary>A writer of the shared product data.</summary>
    /// <param name="Shard">Its number.</param>
    /// <param name="RowsWritten">Listings written since it was activated.</param>
    /// <param name="RowsPending">Listings that wait or are being written.</param>
    /// <param name="BatchesRefused">Batches refused since its activation because there was no room.</param>
    /// <param name="LastWriteAt">When it last wrote; absent before the first time.</param>
    /// <param name="FailingSince">Since when the database fails; absent while it works.</param>
    /// <param name="LagSeconds">Seconds from eBay's answer until its listings were stored, in the last delivery; absent before.</param>
    public sealed record Writer(int Shard, long RowsWritten, int RowsPending, long BatchesRefused, DateTimeOffset? LastWriteAt,
        DateTimeOffset? FailingSince, double? LagSeconds);

    /// <summary>The day's calls to eBay, as a silo was last told.</summary>
    /// <param name="Left">Calls that no silo has leased yet.</param>
    /// <param name="Limit">The day's calls.</param>
    /// <param name="DayEndsAt">When the day ends: midnight Pacific.</param>
    /// <param name="ClosedUntil">Until when the circuit is open; absent while eBay accepts calls.</param>
    /// <param name="Searches">Number of queries that share the calls.</param>
    public sealed record CallQuota(int Left, int Limit, DateTimeOffset DayEndsAt, DateTimeOffset? ClosedUntil, int Searches);

    /// <summary>Mails that were not sent; <c>/v1/mails/failures</c> lists them.</summary>
    /// <param name="FailedLastHour">Failed attempts in the last hour, among the newest 200 that the running silos remember.</param>
    /// <param name="GivenUpLastHour">Mails given up in the last hour, among the same.</param>
    /// <param name="LastFailureAt">The newest failure; absent when there is none.</param>
    /// <param name="OldestWaitingSince">
    /// When the oldest mail that waits for the mail server was made, as far as the silos remember; absent when none waits.
    /// </param>
    public sealed record MailHealth(int FailedLastHour, int GivenUpLastHour, DateTimeOffset? LastFailureAt,
        DateTimeOffset? OldestWaitingSince);
}
