using Alerts.State;

namespace Alerts.Channels;

/// <summary>What a message to a channel says, in its reader's words.</summary>
public sealed record ChannelMessage
{
    /// <summary>Its name: the same at each attempt.</summary>
    public required string Id { get; init; }

    /// <summary>When it is sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What kind of message it is, for programs.</summary>
    public required ChannelMessageType Type { get; init; }

    /// <summary>The first line: what happened, with the price.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence below it; null when listings speak for themselves.</summary>
    public string? Text { get; init; }

    /// <summary>The listings shown, at most <see cref="MaxItems"/>.</summary>
    public IReadOnlyList<ChannelItem> Items { get; init; } = [];

    /// <summary>"and 14 more"; null when all are shown.</summary>
    public string? More { get; init; }

    /// <summary>Where the rest can be seen, or what is asked for can be done.</summary>
    public required string Url { get; init; }

    /// <summary>What <see cref="Url"/> leads to, in words.</summary>
    public required string UrlText { get; init; }

    /// <summary>What it is made of.</summary>
    public required Notification Notification { get; init; }

    /// <summary>The most listings of a message for people.</summary>
    public const int MaxItems = 10;
}
