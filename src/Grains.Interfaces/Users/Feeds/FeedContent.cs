using System.Collections.Immutable;

namespace Alerts.Users.Feeds;

/// <summary>The content of a feed.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.FeedContent")]
public sealed record FeedContent
{
    /// <summary>The user's language tag.</summary>
    [Id(0)] public required string Language { get; init; }

    /// <summary>The user's IANA time zone.</summary>
    [Id(1)] public required string TimeZone { get; init; }

    /// <summary>When the user was enrolled; a feed has no older entry.</summary>
    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the user is served; otherwise the feed is empty.</summary>
    [Id(3)] public required bool IsServed { get; init; }

    /// <summary>The phrase of the one search; null for a feed of all searches.</summary>
    [Id(4)] public string? Phrase { get; init; }

    /// <summary>The present results, newest first.</summary>
    [Id(5)] public ImmutableArray<FeedItem> Items { get; init; } = [];
}
