using System.Text.Json.Serialization;

namespace Alerts.Users.Channels;

/// <summary>The kinds of channels beside mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelKind>))]
public enum ChannelKind
{
    /// <summary>A JSON document sent to an address of the user, signed as the Standard Webhooks specification says.</summary>
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

    /// <summary>A chat with this service's Telegram bot.</summary>
    [JsonStringEnumMemberName("telegram")]
    Telegram,

    /// <summary>Notifications of a browser, by its push service.</summary>
    [JsonStringEnumMemberName("webPush")]
    WebPush,
}
