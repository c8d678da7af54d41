using Dapper;

namespace Alerts.Cluster.Tests;

public sealed class GrainStorageOnMariaDb(ClusterSilo silo) : GrainStorageContract(silo), IClassFixture<ClusterSilo>
{
    [Fact]
    public async Task A_row_reserved_for_a_write_that_never_came_reads_as_absent_and_takes_the_next_one()
    {
        var user = NewUser();
        var state = Written("first");
        await Storage.WriteStateAsync("note", user, state);
        await using (var connection = await Database.OpenConnectionAsync(Cancel))
            await connection.ExecuteAsync(
                "UPDATE OrleansStorage SET Version = 0, PayloadBinary = NULL WHERE GrainIdExtensionString = @key", new { key = user.Key.ToString() });

        var read = await ReadAsync(user);
        Assert.Null(read.ETag);
        Assert.False(read.RecordExists);
        await Storage.WriteStateAsync("note", user, read);
        Assert.Equal("1", read.ETag);
    }
}
