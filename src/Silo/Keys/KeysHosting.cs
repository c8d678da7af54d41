using System.Data.Common;
using Alerts.Sql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Alerts.Silo.Keys;

/// <summary>Registers ASP.NET Core's data protection with the keys that all silos and gateways share.</summary>
static class KeysHosting
{
    public static IServiceCollection AddAlertsKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("alerts");
        // It would read the keys before the tables are made; the first use does as well.
        foreach (var eager in services.Where(service => service.ImplementationType?.Name is "DataProtectionHostedService").ToList())
            services.Remove(eager);
        // It warns that the keys are stored as they are: whoever reads the alerts database reads them, too.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
            keys.XmlRepository = new StoredKeys(provider.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Alerts)));
        return services;
    }
}
