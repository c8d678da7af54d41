using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>What a user is notified of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotifyMode>))]
public enum NotifyMode
{
    /// <summary>New listings and real price changes only (the default); the first mail lists all present results.</summary>
    [JsonStringEnumMemberName("changes")]
    Changes,

    /// <summary>The cheapest twenty of every search, at every check.</summary>
    [JsonStringEnumMemberName("every_check")]
    EveryCheck,

    /// <summary>What changed since yesterday, once a day at <see cref="UserSettings.DigestHour"/>.</summary>
    [JsonStringEnumMemberName("digest")]
    Digest,
}
