using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>Which of a search's listings are watched where more match than one page of eBay's holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WatchMode>))]
public enum WatchMode
{
    /// <summary>All new listings, and price changes among the cheapest (the default).</summary>
    [JsonStringEnumMemberName("everything")]
    Everything,

    /// <summary>New listings only; price changes are no news.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>The cheapest only: new listings and price changes among them.</summary>
    [JsonStringEnumMemberName("cheapest")]
    Cheapest,
}
