using System.Text.Json.Serialization;

namespace Alerts.Users;

/// <summary>Whether a user is served, and why not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UserStatus>))]
public enum UserStatus
{
    /// <summary>Checked and mailed as the settings say.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>The address is not confirmed yet; only the confirmation is mailed.</summary>
    [JsonStringEnumMemberName("unconfirmed")]
    Unconfirmed,

    /// <summary>Paused or unsubscribed until resumed.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>Paused until a moment.</summary>
    [JsonStringEnumMemberName("snoozed")]
    Snoozed,

    /// <summary>The address refused mail permanently several times; nothing is mailed until it is changed or resumed.</summary>
    [JsonStringEnumMemberName("suppressed")]
    Suppressed,
}
