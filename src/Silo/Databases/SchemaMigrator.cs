using System.Data.Common;
using System.Globalization;
using Alerts.Sql;

namespace Alerts.Silo.Databases;

/// <summary>
/// Updates a database to its newest script. Each script is applied once, even when many silos start together: one lock of the database
/// covers reading <c>schema_version</c> and the work.
/// </summary>
/// <remarks>A database that is newer than the scripts, as in a rolling update, stays as it is.</remarks>
public sealed class SchemaMigrator(string database, SqlDialect dialect, IReadOnlyList<SqlScript> scripts, DbDataSource source)
{
    // Longer than any script takes on a database of our size, so that waiting silos find the work done instead of giving up.
    static readonly TimeSpan lockWait = TimeSpan.FromMinutes(2);

    /// <summary>Applies the missing scripts and returns them, oldest first.</summary>
    /// <exception cref="TimeoutException">Another silo held the lock for two minutes.</exception>
    public async Task<IReadOnlyList<SqlScript>> ApplyAsync(CancellationToken cancellationToken)
    {
        if (scripts.Count == 0)
            return [];

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (!await dialect.LockSchemaAsync(connection, lockWait, cancellationToken))
            throw new TimeoutException(
                $"The schema of the {database} database stayed locked by another silo for {lockWait.TotalSeconds} seconds.");
        try
        {
            var applied = await ApplyMissingAsync(connection, cancellationToken);
            // Not cancellable: the lock must be released.
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
                // The connection is lost, and the lock with it. The first fault is the one to report.
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
                // An earlier run ended after the script's last statement, which made the column or the index.
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
