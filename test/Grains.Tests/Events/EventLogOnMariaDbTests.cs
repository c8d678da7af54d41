using System.Data.Common;
using Alerts.Events;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;

namespace Alerts.Tests.Events;

public sealed class EventLogOnMariaDbTests(Servers servers) : EventLogContract
{
    protected override SqlDialect Dialect => MySqlDialect.Instance;

    [Fact]
    public async Task What_commits_late_comes_after_what_was_read_meanwhile()
    {
        await using var database = await OpenAsync();
        var log = new EventLog(database, Dialect, Clock);
        await using var early = await database.OpenConnectionAsync(Cancellation);
        await using var slow = await early.BeginTransactionAsync(Cancellation);
        await EventLog.WriteAsync(early, slow, Dialect, [Event(1)]);
        await using var late = await database.OpenConnectionAsync(Cancellation);
        await EventLog.WriteAsync(late, null, Dialect, [Event(2)]);

        var read = Assert.Single(await log.ReadAsync(default, Cancellation));
        Assert.Equal(Data(2), read.Data);
        await slow.CommitAsync(Cancellation);

        Assert.Equal(Data(1), Assert.Single(await log.ReadAsync(read.Place, Cancellation)).Data);
    }

    protected override async Task<DbDataSource> OpenAsync()
    {
        var server = await servers.MariaDbAsync();
        var database = new MySqlDataSource(await server.CreateDatabaseAsync(Cancellation));
        await new SchemaMigrator(DatabaseKeys.Alerts, Dialect, SqlScript.Of(DatabaseKeys.Alerts, Dialect), database).ApplyAsync(Cancellation);
        return database;
    }
}
