using System.Text.Json.Serialization;

namespace Alerts.Gateway.Access;

/// <summary>What an API key may do; each may do what the one before may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiKeyScope>))]
public enum ApiKeyScope
{
    /// <summary>Read everything and preview searches.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>Enrol users, too.</summary>
    [JsonStringEnumMemberName("enrol")]
    Enrol,

    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}
