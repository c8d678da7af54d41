using System.Text.Json.Serialization;

namespace Alerts.Gateway.Access;

/// <summary>What an API key allows; each scope includes the one before.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiKeyScope>))]
public enum ApiKeyScope
{
    /// <summary>Read everything and preview searches.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>Enrol users.</summary>
    [JsonStringEnumMemberName("enrol")]
    Enrol,

    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}
