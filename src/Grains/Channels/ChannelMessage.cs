using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Channels;

/// <summary>A message to a channel, in its reader's language.</summary>
public sealed record ChannelMessage
{
    /// <summary>The message's name: the same at each attempt.</summary>
    public required string Id { get; init; }

    /// <summary>When it is sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind of message, for programs.</summary>
    public required ChannelMessageType Type { get; init; }

    /// <summary>The first line: what happened, with the price.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence below the title; null when the listings need none.</summary>
    public string? Text { get; init; }

    /// <summary>The listings shown, at most <see cref="MaxItems"/>.</summary>
    public IReadOnlyList<ChannelItem> Items { get; init; } = [];

    /// <summary>"and 14 more"; null when all are shown.</summary>
    public string? More { get; init; }

    /// <summary>The page with all listings, or where the reader can do what the message asks for.</summary>
    public required string Url { get; init; }

    /// <summary>The words of the link to <see cref="Url"/>.</summary>
    public required string UrlText { get; init; }

    /// <summary>The notification behind the message.</summary>
    public required Notification Notification { get; init; }

    /// <summary>Listings in a message for people.</summary>
    public const int MaxItems = 10;
}
