namespace Alerts.Search;

/// <summary>Who asks a search, and which answer the asker already has.</summary>
/// <param name="KnownVersion">The version that need not be sent again; 0 when the content is needed in any case.</param>
/// <param name="IsWaitedFor">Whether a person waits for the answer.</param>
/// <param name="Parts">The asker's share of the day's calls: 1 divided by the number of the user's searches.</param>
public readonly record struct Asker(long KnownVersion, bool IsWaitedFor, double Parts)
{
    /// <summary>The version last compared; 0 for none.</summary>
    public long SeenVersion { get; init; }

    /// <summary>The pages that the search's settings need; none when not stated.</summary>
    public WatchedPages Pages { get; init; }

    /// <summary>When eBay gave the answer that was last compared; null for never. Older answers are of no use.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
