using System.Data.Common;
using System.Globalization;
using Alerts.Sql;

namespace Alerts.State;

/// <summary>
/// Which life of the alerts database this is. One that was restored from a backup counts notifications on from there, and receivers hide
/// a mail or message whose id they know: so from then on ids have another end.
/// </summary>
public sealed class Incarnation
{
    volatile string? name;

    /// <summary>The id of a notification as the world sees it.</summary>
    public string IdOf(string notificationId) => name is { } end ? $"{notificationId}.{end}" : notificationId;

    /// <summary>Takes the name that the database has, before anything is sent.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task ReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        name = (await new SqlBuilder(connection).Sql("SELECT name FROM incarnation WHERE id = 1")
            .ReadAsync(row => row.GetString(0), cancellationToken)).FirstOrDefault();

    /// <summary>Gives a database that was restored a new name: the second in which that was done.</summary>
    /// <exception cref="DbException">The database did not take it.</exception>
    public static Task RenewAsync(DbConnection connection, SqlDialect dialect, DateTimeOffset now, CancellationToken cancellationToken) =>
        new SqlBuilder(connection)
        .Sql("INSERT INTO incarnation (id, name) VALUES ").Values(1, now.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture))
        .Sql($" {dialect.OnConflict("id")} name = {dialect.New("name")}")
        .ExecuteAsync(cancellationToken);
}
