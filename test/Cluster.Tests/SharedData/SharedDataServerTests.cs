using Alerts.Silo.Databases.MySql;
using Alerts.Testing;
using Microsoft.Extensions.Time.Testing;
using MySql.Data.MySqlClient;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

/// <summary>What concerns a whole MariaDB server: its plans for the readers' queries, and its accounts.</summary>
public class SharedDataServerTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_of_readers_and_of_retention_uses_an_index()
    {
        await using var server = await MariaDbServer.StartAsync(Cancellation);
        var source = new MySqlDataSource(await server.CreateDatabaseAsync(Cancellation));
        await using var database = await SharedDatabase.MigratedAsync(source, MySqlDialect.Instance, Cancellation);
        for (var hour = 0; hour < 4; hour++)
        {
            foreach (var query in Enumerable.Range(0, 40))
                await database.WriteAsync(Batch(60 * hour, Enumerable.Range(query * 100, 100).Select(number => Of(number, 10 + hour))) with { Query = $"EBAY_US?q={query}" });
        }

        await database.RowsAsync("ANALYZE TABLE products, price_observations, queries, query_products, subscriptions");
        await database.RowsAsync("SET GLOBAL log_output = 'TABLE'");
        await database.RowsAsync("SET GLOBAL general_log = 'ON'");
        Assert.NotNull(await database.Catalog.FindAsync("v1|42|0", Cancellation));
        Assert.NotNull(await database.Catalog.PricesAsync("v1|42|0", Start.AddHours(1), Start.AddDays(1), 100, Cancellation));
        Assert.Equal(100, (await database.Catalog.ChangedAsync("EBAY_US?q=7", Start, Start, Cancellation)).Count);
        await database.Retention(new FakeTimeProvider(Start.AddDays(1))).RunAsync(Cancellation);
        await database.RowsAsync("SET GLOBAL general_log = 'OFF'");

        var statements = await database.RowsAsync("SELECT argument FROM mysql.general_log WHERE command_type = 'Query' AND argument LIKE 'SELECT%FROM %' AND argument NOT LIKE '%general_log%'");
        Assert.InRange(statements.Length, 9, 60);
        foreach (var statement in statements)
        {
            // id, select type, table, type of access, possible keys, key, …
            foreach (var step in (await database.RowsAsync("EXPLAIN " + statement)).Select(row => row.Split(" | ")))
                Assert.True(step[3] is not ("ALL" or "index") && (step[5] != "-" || step[2] == "-"), $"{string.Join(" | ", step)}: {statement}");
        }
    }

    [Fact]
    public async Task Each_account_may_do_what_it_is_for_and_nothing_else()
    {
        await using var server = await MariaDbServer.StartAsync(Cancellation);
        var root = await server.CreateDatabaseAsync(Cancellation);
        var script = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "docs", "mysql-accounts.sql"), Cancellation);
        foreach (var _ in (int[])[1, 2])
            await RunAsync(root, script);

        var products = As("products", "change-me-products", "products");
        await using (var database = await SharedDatabase.MigratedAsync(new MySqlDataSource(products), MySqlDialect.Instance, Cancellation))
            await database.WriteAsync(Batch(0, Of(42)));
        var reader = As("products_reader", "change-me-reader", "products");
        await using (var database = new SharedDatabase(new MySqlDataSource(reader), MySqlDialect.Instance))
            Assert.NotNull(await database.Catalog.FindAsync("v1|42|0", Cancellation));

        await DeniedAsync(reader, "UPDATE products SET title = 'mine'");
        await DeniedAsync(reader, "DELETE FROM price_observations");
        await DeniedAsync(reader, "DROP TABLE products");
        await DeniedAsync(products, "CREATE TABLE alerts.mine (id INT)");
        await RunAsync(As("alerts", "change-me-alerts", "alerts"), "CREATE TABLE own (id INT)");
        await DeniedAsync(As("alerts", "change-me-alerts", "alerts"), "SELECT * FROM products.products");
        await DeniedAsync(products, "SELECT * FROM alerts.own");

        string As(string user, string password, string database) =>
            new MySqlConnectionStringBuilder(root) { UserID = user, Password = password, Database = database }.ConnectionString;
    }

    static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    static async Task DeniedAsync(string connectionString, string sql)
    {
        var refusal = await Assert.ThrowsAsync<MySqlException>(() => RunAsync(connectionString, sql));
        Assert.Equal(1142, refusal.Number);
    }
}
