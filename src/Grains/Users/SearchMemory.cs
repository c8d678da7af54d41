using System.Collections.Immutable;

namespace Alerts.Users;

/// <summary>What a user's search remembers between checks.</summary>
public sealed record SearchMemory
{
    /// <summary>The search's id within its user.</summary>
    public required string SearchId { get; init; }

    /// <summary>The canonical query these memories are of; another query starts anew.</summary>
    public required string Query { get; init; }

    /// <summary>Version of the snapshot last compared; 0 before the first success.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>When eBay's last good answer was fetched; null before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why the last check failed; null when it did not.</summary>
    public string? LastFailure { get; init; }

    /// <summary>The listings seen, by number, at most 500; those not seen for longest are forgotten first.</summary>
    public ImmutableArray<SeenListing> Seen { get; init; } = [];
}
