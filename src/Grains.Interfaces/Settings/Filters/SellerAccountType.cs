using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>The kinds of sellers' accounts (Browse API, <c>sellerAccountType</c>).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SellerAccountType>))]
public enum SellerAccountType
{
    /// <summary>A private person.</summary>
    [JsonStringEnumMemberName("INDIVIDUAL")]
    Individual,

    /// <summary>A business.</summary>
    [JsonStringEnumMemberName("BUSINESS")]
    Business,
}
