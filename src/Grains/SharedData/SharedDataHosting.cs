using System.Data.Common;
using Alerts.Configuration;
using Alerts.SharedData.Erasures;
using Alerts.SharedData.Products;
using Alerts.SharedData.Retention;
using Alerts.SharedData.Subscriptions;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Alerts.SharedData;

public static class SharedDataHosting
{
    /// <summary>
    /// Adds what a silo needs to write and read. The database is the <see cref="DbDataSource"/> with the key
    /// <see cref="DatabaseKeys.Shared"/>.
    /// </summary>
    public static IServiceCollection AddAlertsSharedData(this IServiceCollection services)
    {
        services.AddSettings<SharedDataOptions>(SharedDataOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddMetrics()
            .AddSingleton<SharedDataMetrics>()
            .AddSingleton<ProductStream>()
            .AddSingleton<SettingsStream>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SharedDataLifecycle>()
            .AddSingleton<SharedDataStore>()
            .AddSingleton<SubscriptionStore>()
            .AddSingleton<ErasureLedger>()
            .AddSingleton(provider => new RetentionSweep(
                Database(provider), provider.GetRequiredService<SqlDialect>(),
                    provider.GetRequiredService<IOptions<SharedDataOptions>>().Value, provider.GetRequiredService<TimeProvider>()))
            .AddProductCatalog();
    }

    /// <summary>Adds what a gateway needs to read.</summary>
    public static IServiceCollection AddProductCatalog(this IServiceCollection services)
    {
        services.TryAddSingleton<ProductCatalog>();
        return services;
    }

    static DbDataSource Database(IServiceProvider provider) => provider.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Shared);
}
