using System.Data.Common;
using Alerts.Sql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Alerts.Silo.Keys;

/// <summary>Registers ASP.NET Core's data protection with the keys that all silos and gateways share.</summary>
public static class KeysHosting
{
    internal static IServiceCollection AddAlertsKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("alerts");
        services.ReadKeysAtFirstUse();
        // The framework warns that the keys are stored unencrypted: whoever can read the alerts database can read them too.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
            keys.XmlRepository = new StoredKeys(provider.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Alerts)));
        return services;
    }

    /// <summary>
    /// Does not read keys at the start, when their table may not exist yet. Call it after everything that adds data protection again, as
    /// the pages do.
    /// </summary>
    public static void ReadKeysAtFirstUse(this IServiceCollection services)
    {
        foreach (var eager in services.Where(service => service.ImplementationType?.Name is "DataProtectionHostedService").ToList())
            services.Remove(eager);
    }
}
