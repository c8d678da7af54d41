using System.Data.Common;
using Alerts.Mail.Log;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;

namespace Alerts.Tests.Mail;

public sealed class DeliveryLogOnMariaDbTests(Servers servers) : DeliveryLogContract
{
    protected override SqlDialect Dialect => MySqlDialect.Instance;

    [Fact]
    public async Task A_record_that_the_database_refuses_fails_alone()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);

        var written = Enumerable.Range(1, 50)
            .Select(number => log.RecordAsync(Record(number) with { Subject = number == 20 ? new string('s', 501) : "iPhone" }))
            .ToList();

        await Assert.ThrowsAnyAsync<DbException>(() => written[19]);
        written.RemoveAt(19);
        await Task.WhenAll(written);
        Assert.Equal(49, (await log.ListAsync(Mails.AnnId, null, 200, TestContext.Current.CancellationToken)).Count);
    }

    protected override async Task<DbDataSource> OpenAsync()
    {
        var server = await servers.MariaDbAsync();
        var database = new MySqlDataSource(await server.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await new SchemaMigrator(DatabaseKeys.Alerts, MySqlDialect.Instance, SqlScript.Of(DatabaseKeys.Alerts, MySqlDialect.Instance), database).ApplyAsync(CancellationToken.None);
        return database;
    }
}
