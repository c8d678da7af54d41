using System.Data;
using System.Data.Common;
using System.Globalization;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Testing;
using Dapper;
using MySql.Data.MySqlClient;

namespace Alerts.Cluster.Tests;

public sealed class LimitedDataSourceTests(Servers servers) : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_next_caller_gets_a_connection_when_the_one_before_gives_it_back()
    {
        await using var source = new SqliteDataSource(folder["test.db"]);
        var first = await source.OpenConnectionAsync(Cancel);
        var second = source.OpenConnectionAsync(Cancel);
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();
        await using var connection = await second;
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("SELECT 1"));
    }

    [Fact]
    public async Task A_connection_given_back_twice_makes_room_for_one()
    {
        await using var source = new SqliteDataSource(folder["test.db"]);
        var first = await source.OpenConnectionAsync(Cancel);
        await first.CloseAsync();
        await first.DisposeAsync();

        await using var second = await source.OpenConnectionAsync(Cancel);
        var third = source.OpenConnectionAsync(Cancel);
        Assert.False(third.IsCompleted);
        await second.DisposeAsync();
        await (await third).DisposeAsync();
    }

    [Fact]
    public async Task Who_stops_waiting_and_who_cannot_connect_leave_their_place_to_others()
    {
        await using var source = new SqliteDataSource(folder["missing/test.db"]);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(async () => await source.OpenConnectionAsync(Cancel));
        Directory.CreateDirectory(folder["missing"]);

        await using (await source.OpenConnectionAsync(Cancel))
        {
            using var impatient = new CancellationTokenSource();
            var waiting = source.OpenConnectionAsync(impatient.Token);
            await impatient.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        }

        await (await source.OpenConnectionAsync(Cancel)).DisposeAsync();
    }

    [Fact]
    public async Task A_connection_may_come_back_after_its_source_is_closed()
    {
        var source = new SqliteDataSource(folder["test.db"]);
        var late = await source.OpenConnectionAsync(Cancel);
        await source.DisposeAsync();
        Assert.Equal(1, await late.ExecuteScalarAsync<int>("SELECT 1"));
        await late.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_data_source_leaves_one_SQLite_file_with_all_in_it(bool asynchronously)
    {
        var source = new SqliteDataSource(folder["test.db"]);
        await using (var connection = await source.OpenConnectionAsync(Cancel))
            await connection.ExecuteAsync("CREATE TABLE t (a INT)");
        Assert.True(File.Exists(folder["test.db-wal"]));

        if (asynchronously)
            await source.DisposeAsync();
        else
            source.Dispose();
        Assert.False(File.Exists(folder["test.db-wal"]));
    }

    [Fact]
    public async Task Each_SQLite_connection_is_set_up_for_speed_that_outlives_a_kill()
    {
        await using var source = new SqliteDataSource(folder["test.db"]);
        for (var time = 0; time < 2; time++)
        {
            await using var connection = await source.OpenConnectionAsync(Cancel);
            Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>("PRAGMA synchronous"));
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>("PRAGMA foreign_keys"));
        }
    }

    [Fact]
    public async Task Many_more_callers_than_MySQL_connections_are_all_served()
    {
        // On the driver's pool alone this never ends: each caller without a connection keeps a thread that those with one need.
        await using var source = new MySqlDataSource(await (await servers.MariaDbAsync()).CreateDatabaseAsync(Cancel) + ";Maximum Pool Size=4");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var ids = await Task.WhenAll(Enumerable.Range(0, 400).Select(async _ =>
        {
            await using var connection = await source.OpenConnectionAsync(limit.Token);
            return await connection.ExecuteScalarAsync<int>("SELECT CONNECTION_ID() + SLEEP(0.001)");
        }));
        Assert.InRange(ids.Distinct().Count(), 1, 4);
    }

    [Fact]
    public async Task A_closed_data_source_leaves_no_MySQL_connection_open()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var database = await (await servers.MariaDbAsync()).CreateDatabaseAsync(Cancel);
        await using var watch = new MySqlDataSource(database);
        await using var watching = await watch.OpenConnectionAsync(Cancel);
        Task<int> OthersAsync() => watching.ExecuteScalarAsync<int>(
            "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()");

        var source = new MySqlDataSource(database + ";Connection Timeout=14");
        await (await source.OpenConnectionAsync(Cancel)).DisposeAsync();
        Assert.Equal(1, await OthersAsync());
        await source.DisposeAsync();
        // The server notices in its own time that a connection is closed.
        while (await OthersAsync() > 0)
            limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_transaction_begins_in_one_conversation_sees_what_others_committed_and_is_taken_back_unless_committed()
    {
        await using var source = new MySqlDataSource(await (await servers.MariaDbAsync()).CreateDatabaseAsync(Cancel));
        await using var other = await source.OpenConnectionAsync(Cancel);
        await other.ExecuteAsync("CREATE TABLE t (a INT)");
        await using var own = await source.OpenConnectionAsync(Cancel);
        async Task<long> QuestionsAsync() => long.Parse(
            (await own.QuerySingleAsync<(string, string)>("SHOW SESSION STATUS LIKE 'Questions'")).Item2, CultureInfo.InvariantCulture);
        var before = await QuestionsAsync();

        await using (var transaction = await own.BeginTransactionAsync(IsolationLevel.ReadCommitted, Cancel))
        {
            Assert.Equal(before + 2, await QuestionsAsync());
            Assert.Equal(0, await CountAsync(own));
            await other.ExecuteAsync("INSERT INTO t VALUES (1)");
            Assert.Equal(1, await CountAsync(own));
            await own.ExecuteAsync("INSERT INTO t VALUES (2)");
            Assert.Equal(1, await CountAsync(other));
        }

        Assert.Equal(1, await CountAsync(own));
        await using (var transaction = await own.BeginTransactionAsync(IsolationLevel.ReadCommitted, Cancel))
        {
            await own.ExecuteAsync("INSERT INTO t VALUES (3)");
            await transaction.CommitAsync(Cancel);
        }

        Assert.Equal(2, await CountAsync(other));

        static Task<int> CountAsync(DbConnection connection) => connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM t");
    }

    [Theory]
    [InlineData("Server=db;User ID=alerts", 16)]
    [InlineData("Server=db;Max Pool Size=7;CharSet=latin1", 7)]
    public async Task A_MySQL_connection_string_is_completed_and_its_own_words_win(string configured, uint pool)
    {
        await using var source = new MySqlDataSource(configured);
        var settings = new MySqlConnectionStringBuilder(source.ConnectionString);
        Assert.Equal(("db", pool, "utf8mb4"), (settings.Server, settings.MaximumPoolSize, settings.CharacterSet));
    }
}
