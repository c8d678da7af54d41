using System.Text.Json.Serialization;

namespace Alerts.Users.Channels;

/// <summary>Whether a channel is in use.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelState>))]
public enum ChannelState
{
    /// <summary>Its reader has not agreed yet: it gets the question whether it wants the alerts, and nothing else.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,

    /// <summary>It gets alerts.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>It is gone, or failed for five days: it gets nothing until it is replaced or enabled again.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}
