using System.Data.Common;
using System.Globalization;
using Alerts.Sql;

namespace Alerts.Silo.Databases;

/// <summary>
/// Brings a database to the newest of its scripts. Each script is applied once, however many silos start together:
/// the look at <c>schema_version</c> and the work happen under one lock of the database.
/// </summary>
/// <remarks>A database that is ahead of the scripts, as in a rolling update, is left as it is.</remarks>
public sealed class SchemaMigrator(string database, SqlDialect dialect, IReadOnlyList<SqlScript> scripts, DbDataSource source)
{
    // Longer than any script takes on a database of our size, so that waiting silos see the work done rather than give up.
    static readonly TimeSpan lockWait = TimeSpan.FromMinutes(2);

    /// <summary>Applies what is missing and returns it, oldest first.</summary>
    /// <exception cref="TimeoutException">Another silo held the lock for two minutes.</exception>
    public async Task<IReadOnlyList<SqlScript>> ApplyAsync(CancellationToken cancellationToken)
    {
        if (scripts.Count == 0)
            return [];

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (!await dialect.LockSchemaAsync(connection, lockWait, cancellationToken))
            throw new TimeoutException($"The schema of the {database} database stayed locked by another silo for {lockWait.TotalSeconds} seconds.");
        try
        {
            var applied = await ApplyMissingAsync(connection, cancellationToken);
            // Not cancellable: a lock taken is a lock returned.
            await dialect.UnlockSchemaAsync(connection, commit: true);
            return applied;
        }
        catch
        {
            try
            {
                await dialect.UnlockSchemaAsync(connection, commit: false);
            }
            catch (DbException)
            {
                // The connection is lost, and the lock with it; what went wrong first is what matters.
            }

            throw;
        }
    }

    async Task<IReadOnlyList<SqlScript>> ApplyMissingAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await RunAsync(connection, dialect.CreateVersionTable, cancellationToken);
        var versions = await new SqlBuilder(connection)
            .Sql("SELECT COALESCE(MAX(version), 0) FROM schema_version")
            .ReadAsync(row => Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken);
        var missing = scripts.Where(script => script.Version > versions[0]).ToList();
        foreach (var script in missing)
        {
            try
            {
                await RunAsync(connection, script.Text, cancellationToken);
            }
            catch (DbException fault) when (dialect.IsDoneBefore(fault))
            {
                // An earlier run was cut off after the script's last statement, which made the column or the index.
            }

            await new SqlBuilder(connection)
                .Sql("INSERT INTO schema_version (version, name) VALUES ").Values(script.Version, script.Name)
                .ExecuteAsync(cancellationToken);
        }

        return missing;
    }

    static async Task RunAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 2 * (int)lockWait.TotalSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
