using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>The conditions of eBay's <c>conditions</c> filter (Browse API, field filters).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemCondition>))]
public enum ItemCondition
{
    /// <summary>New, in any of eBay's grades of new.</summary>
    [JsonStringEnumMemberName("NEW")]
    New,

    /// <summary>Used, in any of eBay's grades of used.</summary>
    [JsonStringEnumMemberName("USED")]
    Used,

    /// <summary>The seller states no condition.</summary>
    [JsonStringEnumMemberName("UNSPECIFIED")]
    Unspecified,
}
