namespace Alerts.Search;

/// <summary>Who asks a search, and what they have of it.</summary>
/// <param name="KnownVersion">The version that needs not be sent again; 0 when the content is needed in any case.</param>
/// <param name="IsWaitedFor">Whether a person waits for the answer.</param>
/// <param name="Parts">The asker's part of the day's calls: 1 divided by the number of the user's searches.</param>
public readonly record struct Asker(long KnownVersion, bool IsWaitedFor, double Parts)
{
    /// <summary>The version last compared; 0 for none.</summary>
    public long SeenVersion { get; init; }

    /// <summary>The pages that the search's settings need; none: not said.</summary>
    public WatchedPages Pages { get; init; }

    /// <summary>When eBay gave what was last compared; null for never. Nothing older is of use.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
