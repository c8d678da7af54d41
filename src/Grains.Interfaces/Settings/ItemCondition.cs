using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>The conditions eBay's <c>conditions</c> filter knows (Browse API, field filters).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemCondition>))]
public enum ItemCondition
{
    /// <summary>New, in any of eBay's grades of new.</summary>
    [JsonStringEnumMemberName("NEW")]
    New,

    /// <summary>Used, in any of eBay's grades of used.</summary>
    [JsonStringEnumMemberName("USED")]
    Used,

    /// <summary>No condition stated by the seller.</summary>
    [JsonStringEnumMemberName("UNSPECIFIED")]
    Unspecified,
}
