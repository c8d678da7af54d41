namespace Alerts.Users.Channels;

/// <summary>A channel as its user sees it: without its address and secrets.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelView")]
public sealed record ChannelView
{
    /// <summary>Its id within its user, <c>c-</c> and eight hex digits.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The channel's kind.</summary>
    [Id(1)] public required ChannelKind Kind { get; init; }

    /// <summary>The user's name for it.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>Whether the channel is in use.</summary>
    [Id(3)] public required ChannelState State { get; init; }

    /// <summary>The host or the chat's name; absent until a chat is linked.</summary>
    [Id(4)] public string? Target { get; init; }

    /// <summary>When it was made.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the channel last accepted a message; absent before the first.</summary>
    [Id(6)] public DateTimeOffset? LastAcceptedAt { get; init; }

    /// <summary>Since when the channel has accepted no message; absent while it works.</summary>
    [Id(7)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The fault of the last attempt; absent when it was accepted.</summary>
    [Id(8)] public string? LastFault { get; init; }

    /// <summary>The secret that was made for a new webhook; returned once.</summary>
    [Id(9)] public string? Secret { get; init; }

    /// <summary>The link that connects a Telegram chat. The chat's owner must open it within a day. Absent once a chat is linked.</summary>
    [Id(10)] public string? StartUrl { get; init; }
}
