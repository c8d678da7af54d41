namespace Alerts.Users.Channels;

/// <summary>A channel as its user sees it: without its address and secrets.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelView")]
public sealed record ChannelView
{
    /// <summary>Its name within its user, <c>c-</c> and eight hex digits.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Where it leads.</summary>
    [Id(1)] public required ChannelKind Kind { get; init; }

    /// <summary>What its user calls it.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>Whether it is used.</summary>
    [Id(3)] public required ChannelState State { get; init; }

    /// <summary>The host its messages go to, or the name of its chat; absent while no chat is linked.</summary>
    [Id(4)] public string? Target { get; init; }

    /// <summary>When it was made.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last took a message; absent before the first.</summary>
    [Id(6)] public DateTimeOffset? LastAcceptedAt { get; init; }

    /// <summary>Since when it takes none; absent while it does.</summary>
    [Id(7)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What the last attempt met; absent when it was taken.</summary>
    [Id(8)] public string? LastFault { get; init; }

    /// <summary>The secret that was made for a new webhook: answered once.</summary>
    [Id(9)] public string? Secret { get; init; }

    /// <summary>Links a chat at Telegram: to be opened, within a day, by whose chat it is; absent once one is linked.</summary>
    [Id(10)] public string? StartUrl { get; init; }
}
