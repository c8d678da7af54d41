using System.Collections.Immutable;

namespace Alerts.Users.Feeds;

/// <summary>What a feed shows.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.FeedContent")]
public sealed record FeedContent
{
    /// <summary>The user's language tag.</summary>
    [Id(0)] public required string Language { get; init; }

    /// <summary>The user's IANA time zone.</summary>
    [Id(1)] public required string TimeZone { get; init; }

    /// <summary>When the user was enrolled: no feed is older.</summary>
    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the user is served; who is not has an empty feed.</summary>
    [Id(3)] public required bool IsServed { get; init; }

    /// <summary>The phrase of the one search; null where the feed is of all.</summary>
    [Id(4)] public string? Phrase { get; init; }

    /// <summary>What the searches find now, the newest first.</summary>
    [Id(5)] public ImmutableArray<FeedItem> Items { get; init; } = [];
}
