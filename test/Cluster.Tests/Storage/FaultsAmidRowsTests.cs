using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;
using MySql.Data.MySqlClient;

namespace Alerts.Cluster.Tests;

/// <summary>A query that fails after its first rows ends with its fault, and whoever comes next gets a sound connection.</summary>
public sealed class FaultsAmidRowsTests(Servers servers)
{
    const string TwoRowsWhereOneBelongs = "SELECT seq, IF(seq = 5000, (SELECT 1 UNION SELECT 2), REPEAT('x', 2000)) FROM seq_1_to_10000";

    const int SubqueryHasTwoRows = 1242;

    static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_cannot_be_made()
    {
        await using var source = await SourceAsync();
        var fault = await Assert.ThrowsAsync<MySqlException>(() => ReadAsync(source, TwoRowsWhereOneBelongs, Cancel).WaitAsync(limit, Cancel));
        Assert.Equal(SubqueryHasTwoRows, Assert.IsType<MySqlException>(fault.InnerException).Number);
        Assert.Equal([1], await ReadAsync(source, "SELECT 1", Cancel));
    }

    [Fact]
    public async Task A_reader_who_waits_no_longer()
    {
        await using var source = await SourceAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = ReadAsync(source, "SELECT seq, SLEEP(0.01), REPEAT('x', 20000) FROM seq_1_to_100000", stop.Token, stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(limit, Cancel));
        Assert.Equal([1], await ReadAsync(source, "SELECT 1", Cancel));
    }

    [Fact]
    public async Task A_row_that_somebody_else_has_locked()
    {
        await using var source = await SourceAsync();
        await using var holder = await source.OpenConnectionAsync(Cancel);
        await new SqlBuilder(holder).Sql("CREATE TABLE things (id INT PRIMARY KEY) ENGINE=InnoDB").ExecuteAsync(Cancel);
        await new SqlBuilder(holder).Sql("INSERT INTO things VALUES (1), (2)").ExecuteAsync(Cancel);
        await using var held = await holder.BeginTransactionAsync(Cancel);
        await new SqlBuilder(holder, held).Sql("SELECT id FROM things WHERE id = 2 FOR UPDATE").ReadAsync(row => row.GetInt64(0), Cancel);

        var waiting = ReadAsync(source, "SELECT id FROM things FOR UPDATE", Cancel, before: "SET innodb_lock_wait_timeout = 1");
        var fault = await Assert.ThrowsAsync<MySqlException>(() => waiting.WaitAsync(limit, Cancel));

        Assert.Equal((int)MySqlErrorCode.LockWaitTimeout, Assert.IsType<MySqlException>(fault.InnerException).Number);
        await held.RollbackAsync(Cancel);
        Assert.Equal([1, 2], await ReadAsync(source, "SELECT id FROM things FOR UPDATE", Cancel));
    }

    async Task<MySqlDataSource> SourceAsync() => new(await (await servers.MariaDbAsync()).CreateDatabaseAsync(Cancel));

    static async Task<List<long>> ReadAsync(
        MySqlDataSource source, string query, CancellationToken stopped, Action? firstRow = null, string? before = null)
    {
        await using var connection = await source.OpenConnectionAsync(Cancel);
        if (before is not null)
            await new SqlBuilder(connection).Sql(before).ExecuteAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        return await new SqlBuilder(connection, transaction).Sql(query).ReadAsync(
            row =>
            {
                firstRow?.Invoke();
                return row.GetInt64(0);
            },
            stopped);
    }
}
