using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Settings.Validation;

namespace Alerts.Gateway;

/// <summary>Settings of the gateway alone, in the same section as <see cref="AlertsOptions"/>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The largest request body in bytes: the longest valid settings document fits several times.</summary>
    public const int MaximumBodyBytes = 64 * 1024;

    /// <summary>
    /// The largest request body that is still received to its end when it is too large or nobody wants it: a caller in the middle of
    /// sending would otherwise find the connection broken in place of the answer. A longer one costs its caller the connection.
    /// </summary>
    public const int MaximumDrainedBytes = 4 * 1024 * 1024;

    /// <summary>How deep the JSON of a request may be nested; the settings document needs 4.</summary>
    public const int MaximumJsonDepth = 16;

    /// <summary>
    /// SHA-256 hashes of the API keys that may do everything, 64 hex digits each; several at once let keys be changed without a gap.
    /// <c>dotnet run --project src/Gateway -- hash-key</c> makes a key and its hash. Without any, only users manage themselves.
    /// </summary>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>
    /// API keys with a <c>Name</c>, a <c>Hash</c> and a <c>Scope</c>: <c>Read</c> (the default), <c>Enrol</c> (users, too) or <c>Admin</c>
    /// (everything). <c>GET /v1/keys</c> says when each was last used.
    /// </summary>
    public IList<NamedKey> NamedKeys { get; } = [];

    /// <summary>The most searches of a user, 1 to 200.</summary>
    [Range(1, 200)]
    public int MaxSearches { get; set; } = UserSettingsValidator.DefaultMaximumSearches;

    /// <summary>Origins (<c>https://app.example.org</c>) whose pages may call the API from a browser.</summary>
    public IList<string> CorsOrigins { get; } = [];

    /// <summary>The most connections at once, 100 to 1,000,000. Further ones are closed at once.</summary>
    [Range(100, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>The most services that listen to <c>/v1/events</c> at this gateway at once, 1 to 1,000. Further ones are told to come later.</summary>
    [Range(1, 1_000)]
    public int MaxEventListeners { get; set; } = 20;

    /// <summary>Since when version 1 of the API is deprecated.</summary>
    public DateTimeOffset? DeprecatedSince { get; set; }

    /// <summary>When version 1 of the API will be gone; told only once it is deprecated.</summary>
    public DateTimeOffset? SunsetAt { get; set; }
}
