using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;

namespace Alerts.News.Compare;

/// <summary>The outcome of comparing a snapshot with a memory.</summary>
public sealed record ComparisonResult
{
    /// <summary>The memory from now on, as long as no mail names the news.</summary>
    public required SearchMemory Next { get; init; }

    /// <summary>All news of the search: drops, new listings, rises, then the rest; cheapest first in each.</summary>
    public required IReadOnlyList<NewsItem> News { get; init; }

    /// <summary>Whether these are the first results. They are mailed even when there are none.</summary>
    public bool IsFirst { get; init; }

    /// <summary>False when a restart that lost <see cref="Next"/> would find the same again and name nothing twice.</summary>
    public required bool MustWrite { get; init; }
}
