namespace Alerts.Users.Channels;

/// <summary>A channel as its user sets it. Addresses and secrets are never answered again.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ChannelSettings")]
public sealed record ChannelSettings
{
    /// <summary>Where it leads.</summary>
    [Id(0)] public required ChannelKind Kind { get; init; }

    /// <summary>What its user calls it, at most 60 characters; absent: its kind.</summary>
    [Id(1)] public string? Name { get; init; }

    /// <summary>
    /// Where messages go, <c>https</c> and at most 2,048 characters: the webhook, ntfy's topic (<c>https://ntfy.sh/my-topic</c>), the
    /// incoming webhook that Discord or Slack gave out, or the <c>endpoint</c> of a browser's subscription. Needed for all but Telegram, which
    /// has none. Absent in a replacement: as before.
    /// </summary>
    [Id(2)] public string? Url { get; init; }

    /// <summary>
    /// Signs a webhook's messages: <c>whsec_</c> and base64 of 24 to 64 bytes. Absent: one is made, and answered once. In a replacement
    /// another one begins a rotation: both sign for a day.
    /// </summary>
    [Id(3)] public string? Secret { get; init; }

    /// <summary>Access token of a protected ntfy topic, at most 200 characters; absent: none, or as before.</summary>
    [Id(4)] public string? Token { get; init; }

    /// <summary>The <c>keys</c> of a browser's subscription; needed with its <see cref="Url"/>.</summary>
    [Id(5)] public PushKeys? Keys { get; init; }
}
