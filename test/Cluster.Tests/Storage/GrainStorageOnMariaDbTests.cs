using System.Globalization;
using Dapper;

namespace Alerts.Cluster.Tests;

public sealed class GrainStorageOnMariaDbTests(ClusterSilo silo) : GrainStorageContract(silo), IClassFixture<ClusterSilo>
{
    const int Rounds = 15;

    /// <summary>
    /// The server ends the silo's connections while groups are written, before, in and after a transaction. What a grain was told is so: a write
    /// that succeeded is stored, one that failed is either not stored or was committed with its answer lost, and none is half there.
    /// </summary>
    [Fact]
    public async Task Connections_lost_at_any_step_of_a_group_lose_no_write_that_was_confirmed()
    {
        var users = Enumerable.Range(0, 60).Select(_ => NewUser()).ToArray();
        using var done = new CancellationTokenSource();
        var killing = KillConnectionsAsync(done.Token);
        var confirmed = new Dictionary<GrainId, int>();
        for (var round = 1; round <= Rounds; round++)
        {
            var outcomes = await Task.WhenAll(users.Select(user => WriteAsync(user, round)));
            foreach (var (user, stored) in users.Zip(outcomes))
            {
                if (stored)
                    confirmed[user] = round;
            }
        }

        await done.CancelAsync();
        Assert.True(await killing > 0, "No connection was ended: this proved nothing.");
        foreach (var user in users)
        {
            var read = await ReadAsync(user);
            Assert.InRange(int.Parse(read.State!.Text, CultureInfo.InvariantCulture), confirmed.GetValueOrDefault(user), Rounds);
        }
    }

    /// <summary>Reads and writes as a grain does: after a fault it begins again from what is stored.</summary>
    async Task<bool> WriteAsync(GrainId user, int round)
    {
        try
        {
            var state = await ReadAsync(user);
            state.State = new Note { Text = round.ToString(CultureInfo.InvariantCulture) };
            await Storage.WriteStateAsync("note", user, state);
            return true;
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or InvalidOperationException or IOException or TimeoutException or Orleans.Storage.InconsistentStateException)
        {
            return false;
        }
    }

    async Task<int> KillConnectionsAsync(CancellationToken done)
    {
        var database = new MySql.Data.MySqlClient.MySqlConnectionStringBuilder(Database.ConnectionString);
        var name = database.Database;
        database.Database = "mysql";
        await using var connection = new MySql.Data.MySqlClient.MySqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        var killed = 0;
        while (!done.IsCancellationRequested)
        {
            var busy = await connection.QueryAsync<long>("SELECT id FROM information_schema.processlist WHERE db = @name AND id % 3 = 0", new { name });
            foreach (var id in busy)
            {
                try
                {
                    await connection.ExecuteAsync($"KILL CONNECTION {id}");
                    killed++;
                }
                catch (MySql.Data.MySqlClient.MySqlException)
                {
                    // It ended by itself.
                }
            }
        }

        return killed;
    }
}
