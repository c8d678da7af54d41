using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Alerts.SharedData;

/// <summary>Registers the shared product data.</summary>
public static class SharedDataHosting
{
    /// <summary>Adds the writers' and readers' services. The database is the <see cref="DbDataSource"/> keyed <see cref="Databases.Shared"/>.</summary>
    public static IServiceCollection AddAlertsSharedData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SharedDataOptions>()
            .Bind(configuration.GetSection(SharedDataOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SharedDataStore(
            provider.GetRequiredKeyedService<DbDataSource>(Databases.Shared),
            SqlDialect.Of(provider.GetRequiredService<IOptions<AlertsOptions>>().Value.Mode)));
        return services;
    }
}
