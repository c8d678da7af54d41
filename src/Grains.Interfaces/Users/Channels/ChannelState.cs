using System.Text.Json.Serialization;

namespace Alerts.Users.Channels;

/// <summary>Whether a channel is used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelState>))]
public enum ChannelState
{
    /// <summary>Nobody there has agreed yet: it gets the question whether it wants to, and nothing else.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,

    /// <summary>It gets alerts.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>It is gone, or failed for five days: it gets nothing until it is replaced or enabled again.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}
