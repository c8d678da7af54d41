using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Alerts.Cluster;
using Alerts.Silo.Databases;
using Alerts.Sql;

namespace Alerts.Silo.Examinations;

/// <summary>
/// Whether a database has the tables of this release, and lets the silo do what it must. Rights are tried on a table of its own, which
/// is dropped at the end.
/// </summary>
/// <param name="database">One of <see cref="DatabaseKeys"/>.</param>
/// <param name="source">The database.</param>
/// <param name="dialect">Its SQL.</param>
sealed class DatabaseExamination(string database, DbDataSource source, SqlDialect dialect) : IExamination
{
    const string Grants = "Grant the account what docs/mysql-accounts.sql does.";

    public string Subject => $"Database {database}";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return [await LookAtVersionAsync(connection, cancellationToken), await TryRightsAsync(connection)];
    }

    async Task<Finding> LookAtVersionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var newest = SqlScript.Of(database, dialect)[^1].Version;
        var stored = (await new SqlBuilder(connection).Sql("SELECT COALESCE(MAX(version), 0) FROM schema_version")
            .ReadAsync(row => Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken))[0];
        return stored == newest
            ? Finding.Well($"{Subject} has schema version {stored}.")
            : Finding.Wrong(
                $"{Subject} has schema version {stored}, and this silo's release {newest}.",
                stored > newest ? "A newer release runs beside this one: end the rolling update." : "Run the silo's command `migrate`.");
    }

    /// <summary>To the end, whatever happens to the caller: no table is to be left behind.</summary>
    async Task<Finding> TryRightsAsync(DbConnection connection)
    {
        var table = "doctor_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var right = "CREATE";
        var isMade = false;
        try
        {
            await RunAsync($"CREATE TABLE {table} (id INT NOT NULL PRIMARY KEY, word VARCHAR(8) NULL)");
            isMade = true;
            foreach (var (name, sql) in ((string, string)[])
            [
                ("ALTER", $"ALTER TABLE {table} ADD COLUMN other INT NULL"),
                ("INDEX", $"CREATE INDEX ix_{table} ON {table} (word)"),
                ("INSERT", $"INSERT INTO {table} (id, word) VALUES (1, 'a')"),
                ("UPDATE", $"UPDATE {table} SET word = 'b' WHERE id = 1"),
                ("SELECT", $"SELECT COUNT(*) FROM {table}"),
                ("DELETE", $"DELETE FROM {table} WHERE id = 1"),
            ])
            {
                right = name;
                await RunAsync(sql);
            }

            (right, isMade) = ("DROP", false);
            await RunAsync($"DROP TABLE {table}");
            return Finding.Well($"{Subject} lets the silo read, write and change tables.");
        }
        catch (DbException refused)
        {
            if (isMade)
                await RunAsync($"DROP TABLE {table}");
            return Finding.Wrong($"{Subject} refuses {right}: {refused.Message}", Grants);
        }

        async Task RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
