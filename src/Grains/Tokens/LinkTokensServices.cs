using Alerts.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Alerts.Tokens;

public static class LinkTokensServices
{
    /// <summary>
    /// Adds <see cref="LinkTokens"/> with the key in <see cref="AlertsOptions.SigningKey"/>. Without that setting, an embedded service uses
    /// the key in its data directory, and a cluster does not start.
    /// </summary>
    public static IServiceCollection AddLinkTokens(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(LinkTokens)))
            return services; // silo and gateway in one process share them
        services.AddOptions<AlertsOptions>().Validate(
            options => options.Mode == AlertsMode.Embedded || options.SigningKey is not null,
            $"{AlertsOptions.Section}:{nameof(AlertsOptions.SigningKey)} is needed in cluster mode: at least "
            + $"{LinkTokens.MinimumKeyLength} characters, the same on every silo and gateway.");
        return services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AlertsOptions>>().Value;
            var key = options.SigningKey ?? SigningKeyFile.ReadOrCreate(options.DataDirectory);
            (string, DateTimeOffset)? previous = options.PreviousSigningKey is { Length: > 0 } old
                ? (old, options.PreviousSigningKeyUntil ?? DateTimeOffset.MaxValue)
                : null;
            return new LinkTokens(key, provider.GetRequiredService<TimeProvider>(), previous);
        });
    }
}
