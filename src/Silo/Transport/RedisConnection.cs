using Alerts.Configuration;
using StackExchange.Redis;

namespace Alerts.Silo.Transport;

/// <summary>How Redis is reached.</summary>
static class RedisConnection
{
    /// <summary>As the settings say; null where they name no Redis.</summary>
    public static ConfigurationOptions? Of(AlertsOptions options)
    {
        if (options.Redis is not { } connection)
            return null;
        var configuration = ConfigurationOptions.Parse(connection);
        if (options.RedisAuthority is { Length: > 0 } authority)
            configuration.TrustIssuer(authority);
        return configuration;
    }
}
