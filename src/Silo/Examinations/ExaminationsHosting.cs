using System.Data.Common;
using Alerts.Configuration;
using Alerts.Sql;

namespace Alerts.Silo.Examinations;

/// <summary>Registers what a silo examines of its databases, Redis and settings; mail and eBay register their own.</summary>
static class ExaminationsHosting
{
    public static IServiceCollection AddAlertsExaminations(this IServiceCollection services, AlertsMode mode)
    {
        services.AddSingleton<IExamination, SettingsExamination>();
        foreach (var database in (string[])[DatabaseKeys.Alerts, DatabaseKeys.Shared])
        {
            services.AddSingleton<IExamination>(provider => new DatabaseExamination(
                database, provider.GetRequiredKeyedService<DbDataSource>(database), provider.GetRequiredService<SqlDialect>()));
        }

        if (mode is AlertsMode.Cluster)
            services.AddSingleton<IExamination, RedisExamination>();
        return services;
    }
}
