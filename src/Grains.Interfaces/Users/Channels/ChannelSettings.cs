namespace Alerts.Users.Channels;

/// <summary>The settings of a channel. The API never returns addresses and secrets.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelSettings")]
public sealed record ChannelSettings
{
    /// <summary>The channel's kind.</summary>
    [Id(0)] public required ChannelKind Kind { get; init; }

    /// <summary>The user's name for it, at most 60 characters; absent: its kind.</summary>
    [Id(1)] public string? Name { get; init; }

    /// <summary>
    /// Where messages go, <c>https</c> and at most 2,048 characters: the webhook, ntfy's topic (<c>https://ntfy.sh/my-topic</c>), the
    /// incoming webhook that Discord or Slack gave out, or the <c>endpoint</c> of a browser's subscription. Needed for all but Telegram,
    /// which has none. Absent in a replacement: as before.
    /// </summary>
    [Id(2)] public string? Url { get; init; }

    /// <summary>
    /// Signs a webhook's messages: <c>whsec_</c> and base64 of 24 to 64 bytes. Absent: one is made and returned once. In a replacement,
    /// another secret begins a rotation: both sign for a day.
    /// </summary>
    [Id(3)] public string? Secret { get; init; }

    /// <summary>Access token of a protected ntfy topic, at most 200 characters; absent: none, or unchanged.</summary>
    [Id(4)] public string? Token { get; init; }

    /// <summary>The <c>keys</c> of a browser's subscription; needed with its <see cref="Url"/>.</summary>
    [Id(5)] public PushKeys? Keys { get; init; }
}
