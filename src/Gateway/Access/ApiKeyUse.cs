using System.Collections.Concurrent;
using System.Data.Common;
using Alerts.Sql;

namespace Alerts.Gateway.Access;

/// <summary>
/// Records when each API key was last used, in the table <c>api_key_use</c>, at most once an hour for a key. Safe for concurrent use.
/// </summary>
sealed partial class ApiKeyUse([FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database, SqlDialect dialect, TimeProvider clock,
    ILogger<ApiKeyUse> logger)
{
    static readonly TimeSpan written = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);

    /// <summary>Notes a use. The caller does not wait for the database.</summary>
    public void Note(string name)
    {
        var now = clock.GetUtcNow();
        if (last.TryGetValue(name, out var before) && now - before < written)
            return;
        last[name] = now;
        _ = Task.Run(() => WriteAsync(name, now));
    }

    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        var rows = await new SqlBuilder(connection)
            .Sql("SELECT name, used_at FROM api_key_use")
            .ReadAsync(row => (Name: row.GetString(0), At: row.GetInt64(1)), CancellationToken.None);
        return rows.ToDictionary(row => row.Name, row => DateTimeOffset.FromUnixTimeSeconds(row.At), StringComparer.Ordinal);
    }

    async Task WriteAsync(string name, DateTimeOffset now)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            await new SqlBuilder(connection)
                .Sql("INSERT INTO api_key_use (name, used_at) VALUES ").Values(name, now.ToUnixTimeSeconds())
                .Sql($" {dialect.OnConflict("name")} used_at = {dialect.New("used_at")}")
                .ExecuteAsync(CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The database is away: a use in the next hour writes again.
            LogNotWritten(fault, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The use of API key {Name} was not written")]
    partial void LogNotWritten(Exception fault, string name);
}
