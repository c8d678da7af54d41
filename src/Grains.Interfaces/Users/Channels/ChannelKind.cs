using System.Text.Json.Serialization;

namespace Alerts.Users.Channels;

/// <summary>Where a channel beside mail leads.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelKind>))]
public enum ChannelKind
{
    /// <summary>A JSON document to an address of the user's own, signed by the Standard Webhooks specification.</summary>
    [JsonStringEnumMemberName("webhook")]
    Webhook,

    /// <summary>A topic of an ntfy server.</summary>
    [JsonStringEnumMemberName("ntfy")]
    Ntfy,

    /// <summary>A channel of a Discord server, by an incoming webhook.</summary>
    [JsonStringEnumMemberName("discord")]
    Discord,

    /// <summary>A channel of a Slack workspace, by an incoming webhook.</summary>
    [JsonStringEnumMemberName("slack")]
    Slack,

    /// <summary>A chat with this service's bot at Telegram.</summary>
    [JsonStringEnumMemberName("telegram")]
    Telegram,

    /// <summary>Notifications of a browser, by its push service.</summary>
    [JsonStringEnumMemberName("webPush")]
    WebPush,
}
