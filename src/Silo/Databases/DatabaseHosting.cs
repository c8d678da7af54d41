using System.Data.Common;
using Alerts.Configuration;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace Alerts.Silo.Databases;

/// <summary>Registers the two databases, of the kind that the settings name.</summary>
public static class DatabaseHosting
{
    /// <summary>
    /// Pool threads always at hand beside MySQL: closing a connection blocks its thread until the driver has locked its pool, and with every
    /// thread so blocked the one that holds the lock finds none to go on with. More than there are connections to two databases.
    /// </summary>
    const int MySqlMinThreads = 2 * (MySqlDataSource.MaxPoolSize + 16);

    /// <summary>Adds the keyed data sources of <see cref="DatabaseKeys"/> and their <see cref="SqlDialect"/>.</summary>
    public static IServiceCollection AddAlertsDatabases(this IServiceCollection services, DatabaseKind kind)
    {
        var dialect = Of(kind);
        services.AddSingleton(dialect);
        // A grain that cannot be activated because the database is away fails with the driver's exception inside Orleans' own: where that
        // cannot be sent, the caller gets a complaint about serialization and cannot tell an outage from a fault of ours.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(dialect.DriverNamespace));
        if (kind is DatabaseKind.MySql)
        {
            ThreadPool.GetMinThreads(out var workers, out var completions);
            ThreadPool.SetMinThreads(Math.Max(workers, MySqlMinThreads), completions);
        }
        else
        {
            services.AddSingleton(provider =>
                DataDirectoryLock.Acquire(provider.GetRequiredService<IOptions<AlertsOptions>>().Value.DataDirectory));
        }

        foreach (var database in (string[])[DatabaseKeys.Alerts, DatabaseKeys.Shared])
            services.AddKeyedSingleton(database, (provider, _) => Open(kind, database, provider));
        services.AddKeyedSingleton(DatabaseKeys.Orleans, (provider, _) => kind is DatabaseKind.MySql
            ? new PooledMySqlDataSource(provider.GetRequiredService<IOptions<AlertsOptions>>().Value.MySql!)
            : provider.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Alerts));
        return services;
    }

    /// <summary>The settings that this kind of database cannot do without, with what each of them holds.</summary>
    public static IReadOnlyList<(string Setting, string? Value, string Meaning)> Needs(AlertsOptions options) => options.DatabaseOrDefault() switch
    {
        DatabaseKind.MySql =>
        [
            (nameof(options.MySql), options.MySql, "the MySQL connection string of the alerts database"),
            (nameof(options.SharedMySql), options.SharedMySql, "the MySQL connection string of the shared products database"),
        ],
        _ => [],
    };

    static SqlDialect Of(DatabaseKind kind) => kind is DatabaseKind.MySql ? MySqlDialect.Instance : SqliteDialect.Instance;

    static DbDataSource Open(DatabaseKind kind, string database, IServiceProvider provider) => kind switch
    {
        DatabaseKind.MySql when provider.GetRequiredService<IOptions<AlertsOptions>>().Value is var options =>
            new MySqlDataSource((database is DatabaseKeys.Alerts ? options.MySql : options.SharedMySql)!),
        _ => new SqliteDataSource(Path.Combine(provider.GetRequiredService<DataDirectoryLock>().Directory, $"{database}.db")),
    };
}
