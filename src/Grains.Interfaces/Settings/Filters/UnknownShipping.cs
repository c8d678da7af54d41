using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>What happens to a listing whose shipping cost eBay does not state, when price and shipping are judged together.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownShipping>))]
public enum UnknownShipping
{
    /// <summary>The listing is judged by its price alone, and marked (the default).</summary>
    [JsonStringEnumMemberName("include")]
    Include,

    /// <summary>The listing is left out.</summary>
    [JsonStringEnumMemberName("leaveOut")]
    LeaveOut,
}
