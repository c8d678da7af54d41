using System.Data.Common;
using System.Globalization;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Storage;

/// <summary>
/// Brings a database to the newest of its scripts. Each script is applied once, however many silos start together:
/// the look at <c>schema_version</c> and the work happen under one lock of the database.
/// </summary>
/// <remarks>A database that is ahead of the scripts, as in a rolling update, is left as it is.</remarks>
public sealed class SchemaMigrator(string database, SchemaDialect dialect, IReadOnlyList<SqlScript> scripts, DbDataSource source)
{
    // Longer than any script takes on a database of our size, so that waiting silos see the work done rather than give up.
    const int LockWaitSeconds = 120;

    /// <summary>Applies what is missing and returns it, oldest first.</summary>
    /// <exception cref="TimeoutException">Another silo held the lock for two minutes.</exception>
    public async Task<IReadOnlyList<SqlScript>> ApplyAsync(CancellationToken cancellationToken)
    {
        if (scripts.Count == 0)
            return [];

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        try
        {
            var applied = await ApplyMissingAsync(connection, cancellationToken);
            await UnlockAsync(connection, commit: true);
            return applied;
        }
        catch
        {
            try
            {
                await UnlockAsync(connection, commit: false);
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
        await ExecuteAsync(connection, CreateVersionTable, cancellationToken);
        var current = Convert.ToInt32(
            await ScalarAsync(connection, "SELECT COALESCE(MAX(version), 0) FROM schema_version", cancellationToken),
            CultureInfo.InvariantCulture);

        var missing = scripts.Where(script => script.Version > current).ToList();
        foreach (var script in missing)
        {
            await RunAsync(connection, script, cancellationToken);
            await RecordAsync(connection, script, cancellationToken);
        }

        return missing;
    }

    static async Task RunAsync(DbConnection connection, SqlScript script, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, script.Text, cancellationToken);
        }
        catch (MySqlException failure) when ((MySqlErrorCode)failure.Number is MySqlErrorCode.DuplicateFieldName or MySqlErrorCode.DuplicateKeyName)
        {
            // MySQL has no IF NOT EXISTS for columns and indexes: an earlier run was cut off after the script's last statement, which made it.
        }
    }

    string CreateVersionTable => dialect is SchemaDialect.MySql
        ? """
          CREATE TABLE IF NOT EXISTS schema_version (
            version INT NOT NULL PRIMARY KEY,
            name VARCHAR(100) NOT NULL,
            applied_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
          ) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
          """
        : """
          CREATE TABLE IF NOT EXISTS schema_version (
            version INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now'))
          )
          """;

    async Task LockAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (dialect is SchemaDialect.Sqlite)
        {
            await ExecuteAsync(connection, "BEGIN EXCLUSIVE", cancellationToken);
            return;
        }

        // The lock's name is known to the whole server and at most 64 characters long, hence the hash of the database's name.
        var got = await ScalarAsync(connection, $"SELECT GET_LOCK(MD5(CONCAT('alerts schema ', DATABASE())), {LockWaitSeconds})", cancellationToken);
        if (got is null or DBNull || Convert.ToInt32(got, CultureInfo.InvariantCulture) != 1)
            throw new TimeoutException($"The schema of the {database} database stayed locked by another silo for {LockWaitSeconds} seconds.");
    }

    // Not cancellable: a lock taken is a lock returned.
    Task UnlockAsync(DbConnection connection, bool commit) => dialect is SchemaDialect.Sqlite
        ? ExecuteAsync(connection, commit ? "COMMIT" : "ROLLBACK", CancellationToken.None)
        : ScalarAsync(connection, "SELECT RELEASE_LOCK(MD5(CONCAT('alerts schema ', DATABASE())))", CancellationToken.None);

    static async Task RecordAsync(DbConnection connection, SqlScript script, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO schema_version (version, name) VALUES (@version, @name)";
        Add("@version", script.Version);
        Add("@name", script.Name);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }

    static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = LockWaitSeconds * 2;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static async Task<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = LockWaitSeconds * 2;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
