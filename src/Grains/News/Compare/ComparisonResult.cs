using System.Collections.Immutable;
using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>What comparing a snapshot with a memory gave.</summary>
public sealed record ComparisonResult
{
    /// <summary>The memory from now on.</summary>
    public required SearchMemory Next { get; init; }

    /// <summary>What is worth telling, at most <see cref="NotificationSection.MaxItems"/>: drops, new listings, rises, then the rest; cheapest first in each.</summary>
    public required ImmutableArray<NewsItem> News { get; init; }

    /// <summary>How many more there were.</summary>
    public int Omitted { get; init; }

    /// <summary>Listings that continue others: news of those that waits is news of these.</summary>
    public IReadOnlyList<Relisting> Relisted { get; init; } = [];

    /// <summary>False when a restart that lost <see cref="Next"/> would find it out again without telling anything twice.</summary>
    public required bool MustWrite { get; init; }
}
