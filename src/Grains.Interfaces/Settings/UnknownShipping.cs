using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>What becomes of a listing whose shipping eBay does not state, where price and shipping are judged together.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownShipping>))]
public enum UnknownShipping
{
    /// <summary>It is judged by its price alone, and marked (the default).</summary>
    [JsonStringEnumMemberName("include")]
    Include,

    /// <summary>It is left out.</summary>
    [JsonStringEnumMemberName("leaveOut")]
    LeaveOut,
}
