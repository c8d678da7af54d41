using Alerts.SharedData;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public class SharedDataOnMariaDbTests(Servers servers) : SharedDataContract
{
    protected override async Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var server = await servers.MariaDbAsync();
        var source = new MySqlDataSource(await server.CreateDatabaseAsync(cancellationToken));
        return await SharedDatabase.MigratedAsync(source, MySqlDialect.Instance, cancellationToken);
    }

    [Fact]
    public async Task A_user_whose_values_do_not_fit_is_set_aside_alone()
    {
        WatchedQueries[] events = [.. Enumerable.Range(0, 7).Select(user => new WatchedQueries
        {
            UserId = $"u-{user:x32}", At = Start, Version = 1, FrequencyMinutes = 2, Active = true,
            Queries = [$"{(user == 5 ? new string('M', 33) : "EBAY_US")}?q={user}"],
        })];
        var refused = new List<string>();

        await Halving.WriteAsync(
            events, users => Database.Subscriptions.WriteAsync(users, Cancellation), MySqlDialect.Instance.Refuses, (user, _) => refused.Add(user.UserId));

        Assert.Equal([events[5].UserId], refused);
        Assert.Equal(["6"], await Database.RowsAsync("SELECT COUNT(*) FROM subscriptions"));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_told_from_a_failure_for_now()
    {
        foreach (var unfit in (string[])[new('M', 33), "EBAY_Ü"])
        {
            var refusal = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.WriteAsync(Batch(0, Of(42)) with { Marketplace = unfit }));
            Assert.True(MySqlDialect.Instance.Refuses(refusal), refusal.Message);
        }

        var failure = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.RowsAsync("SELECT nothing FROM nowhere"));
        Assert.True(MySqlDialect.Instance.IsTransient(failure), failure.Message);
    }
}
