using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>Which of a search's listings are watched when more match than one of eBay's pages holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WatchMode>))]
public enum WatchMode
{
    /// <summary>All new listings, and price changes among the cheapest (the default).</summary>
    [JsonStringEnumMemberName("everything")]
    Everything,

    /// <summary>Only new listings; price changes are no news.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>Only the cheapest: new listings and price changes among them.</summary>
    [JsonStringEnumMemberName("cheapest")]
    Cheapest,
}
