using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Settings.Validation;

namespace Alerts.Gateway;

/// <summary>Settings of the gateway alone, in the same section as <see cref="AlertsOptions"/>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The largest request body in bytes. The longest valid settings document is several times smaller.</summary>
    public const int MaximumBodyBytes = 64 * 1024;

    /// <summary>
    /// A too large or unwanted request body is received up to this size before the answer. Otherwise a caller that is still sending would
    /// find the connection broken instead of the answer. A longer body costs its caller the connection.
    /// </summary>
    public const int MaximumDrainedBytes = 4 * 1024 * 1024;

    /// <summary>Maximal nesting of a request's JSON; the settings document needs 4.</summary>
    public const int MaximumJsonDepth = 16;

    /// <summary>
    /// SHA-256 hashes of API keys with all rights, 64 hex digits each. Several at once allow a change of keys without a gap. <c>dotnet run
    /// --project src/Gateway -- hash-key</c> makes a key and its hash. Without any key, users can only manage themselves.
    /// </summary>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>
    /// API keys with a <c>Name</c>, a <c>Hash</c> and a <c>Scope</c>: <c>Read</c> (the default), <c>Enrol</c> (also enrols users) or
    /// <c>Admin</c> (everything). <c>GET /v1/keys</c> shows when each was last used.
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

    /// <summary>
    /// The most services that listen to <c>/v1/events</c> at this gateway at once, 1 to 1,000. Further ones are asked to come later.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxEventListeners { get; set; } = 20;

    /// <summary>Since when version 1 of the API is deprecated.</summary>
    public DateTimeOffset? DeprecatedSince { get; set; }

    /// <summary>When version 1 of the API will be gone; announced only after it is deprecated.</summary>
    public DateTimeOffset? SunsetAt { get; set; }
}
