using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>How often insight mails come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InsightPeriod>))]
public enum InsightPeriod
{
    /// <summary>On Mondays (the default).</summary>
    [JsonStringEnumMemberName("weekly")]
    Weekly,

    /// <summary>Every day.</summary>
    [JsonStringEnumMemberName("daily")]
    Daily,
}
