using System.Data.Common;
using Alerts.Configuration;
using Alerts.Sql;
using Alerts.State;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Databases;

/// <summary>Migrates every database when the host starts. Registered before Orleans, which reads its queries from the result.</summary>
public sealed partial class DatabaseMigration(
    [FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource alerts,
    [FromKeyedServices(DatabaseKeys.Shared)] DbDataSource shared,
    SqlDialect dialect,
    Incarnation incarnation,
    IOptions<AlertsOptions> options,
    ILogger<DatabaseMigration> logger) : IHostedService
{
    /// <summary>Applies the missing scripts of both databases.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await ApplyAsync(DatabaseKeys.Alerts, alerts, cancellationToken);
        await ApplyAsync(DatabaseKeys.Shared, shared, cancellationToken);
        await using var connection = await alerts.OpenConnectionAsync(cancellationToken);
        await incarnation.ReadAsync(connection, cancellationToken);
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => ApplyAsync(cancellationToken);

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task ApplyAsync(string database, DbDataSource source, CancellationToken cancellationToken)
    {
        var scripts = SqlScript.Of(database, dialect);
        var applied = await ApplyAsync(new SchemaMigrator(database, dialect, scripts, source), database, cancellationToken);
        foreach (var script in applied)
            LogApplied(database, script.Version, script.Name);
        if (applied.Count == 0)
            LogCurrent(database, scripts.Count == 0 ? 0 : scripts[^1].Version);
    }

    /// <summary>A silo without its databases ends. It logs what to do before the driver's own message.</summary>
    async Task<IReadOnlyList<SqlScript>> ApplyAsync(SchemaMigrator migrator, string database, CancellationToken cancellationToken)
    {
        try
        {
            return await migrator.ApplyAsync(cancellationToken);
        }
        catch (Exception fault)
            when (fault is DbException or TimeoutException && options.Value.DatabaseOrDefault() is not DatabaseKind.Sqlite)
        {
            var setting = DatabaseHosting.Needs(options.Value)[database is DatabaseKeys.Alerts ? 0 : 1].Setting;
            LogAway(database, setting);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "Database {Database} cannot be used, so this process ends. If the server is down, start it and then this process again "
            + "(a restart policy does that); if not, check Alerts__{Setting} and what its user may do")]
    partial void LogAway(string database, string setting);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database {Database}: applied schema version {Version}, {Name}")]
    partial void LogApplied(string database, int version, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database {Database}: schema version {Version} is current")]
    partial void LogCurrent(string database, int version);
}
