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
    /// The minimum of pool threads with MySQL. Closing a connection blocks its thread until the driver has locked its pool. If all threads
    /// are blocked so, the thread that holds the lock cannot continue. So there are more threads than connections to two databases.
    /// </summary>
    const int MySqlMinThreads = 2 * (MySqlDataSource.MaxPoolSize + 16);

    /// <summary>Adds the keyed data sources of <see cref="DatabaseKeys"/> and their <see cref="SqlDialect"/>.</summary>
    public static IServiceCollection AddAlertsDatabases(this IServiceCollection services, DatabaseKind kind)
    {
        var dialect = Of(kind);
        services.AddSingleton(dialect);
        // If the database is away, activating a grain fails with the driver's exception inside Orleans' own. If that cannot be serialized,
        // the caller gets a serialization error instead, and cannot recognize an outage.
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

    /// <summary>The settings that this kind of database requires, each with its meaning.</summary>
    public static IReadOnlyList<(string Setting, string? Value, string Meaning)> Needs(AlertsOptions options) =>
        options.DatabaseOrDefault() switch
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
