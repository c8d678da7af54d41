using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Alerts.SharedData.Products;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;

namespace Alerts.Bench;

/// <summary>
/// The readers' queries on a shared database of a million products and ten million observations, one after the other with keys drawn
/// at random: each has to stay under 10 ms. The database is filled first when it is empty, which takes some minutes.
/// </summary>
static class CatalogBenchmark
{
        /// <summary>The moment up to which the database is filled; retention may take it to be later.</summary>
    static readonly DateTimeOffset now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly string moment = $"TIMESTAMP'{now:yyyy-MM-dd HH:mm:ss}'";

    const int Products = 1_000_000;
    const int PricesPerProduct = 10;
    const int Queries = 10_000;
    const int ListingsPerQuery = 100;
    const int FilledAtOnce = 100_000;
    const int Rounds = 1_000;

    public static readonly Benchmark Listed = new(
        "catalog", "readers' queries on 1,000,000 products and 10,000,000 observations; --mysql CONNECTION --database NAME [--fill-only]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        if (Option(args, "--mysql") is not { } server || Option(args, "--database") is not { } name)
        {
            Console.Error.WriteLine("--mysql \"Server=127.0.0.1;User ID=root\" and --database NAME are needed; an empty or missing database is filled.");
            return 2;
        }

        await using var database = await MigratedAsync(server, name);
        if (await CountAsync(database, "SELECT COUNT(*) FROM (SELECT 1 FROM products LIMIT 1) one") == 0)
            await FillProductsAsync(database);
        if (await CountAsync(database, "SELECT COUNT(*) FROM queries") < Queries)
            await FillQueriesAsync(database);
        if (args.Contains("--fill-only"))
            return 0;

        // A server that serves has its pages in memory, as far as its pool holds them.
        foreach (var pages in (string[])["SUM(LENGTH(title)) FROM products", "SUM(price) FROM price_observations", "SUM(item_rank) FROM query_products"])
            await CountAsync(database, $"SELECT {pages}");
        Console.WriteLine($"buffer pool of {await CountAsync(database, "SELECT @@innodb_buffer_pool_size / 1048576")} MiB");
        var catalog = new ProductCatalog(database);
        var random = new Random(20261125);
        Console.WriteLine("| query | rows | median, ms | p95 | p99 | longest |");
        Console.WriteLine("|---|---|---|---|---|---|");
        await MeasureAsync("a listing with its lowest and highest price", async () => await catalog.FindAsync(Item(random), default) is null ? 0 : 1);
        await MeasureAsync("a listing's prices of 90 days", async () => (await catalog.PricesAsync(Item(random), now.AddDays(-90), now, 200, default))!.Points.Length);
        await MeasureAsync("what came down in a search, with all prices", async () => (await catalog.ChangedAsync(Query(random.Next(Queries)), now.AddHours(-5), now.AddDays(-14), default)).Count);
        await MeasureAsync("the newest result of a search", () => ReadAsync(database, $"""
            SELECT products.* FROM queries JOIN query_products found ON found.query_id = queries.query_id AND found.last_seen = queries.last_seen
            JOIN products ON products.item_id = found.item_id WHERE queries.query_id = '{QueryIdentity.IdOf(Query(random.Next(Queries)))}' ORDER BY found.item_rank
            """));
        await MeasureAsync("which searches found a listing", () => ReadAsync(database, $"SELECT query_id FROM query_products WHERE item_id = '{Item(random)}'"));
        await MeasureAsync("who watches a search", () => ReadAsync(database, $"SELECT user_id FROM subscriptions WHERE query_id = '{QueryIdentity.IdOf(Query(random.Next(Queries)))}' AND active"));
        await MeasureAsync("a listing by its number", () => ReadAsync(database, $"SELECT * FROM products WHERE legacy_item_id = {400_000_000_000 + random.Next(Products)}"));
        await MeasureAsync("what was not seen for 30 days, a batch of retention", () => ReadAsync(database, "SELECT item_id FROM products WHERE last_seen_on < '2026-05-02' ORDER BY last_seen_on LIMIT 250"));
        return 0;
    }

    static async Task MeasureAsync(string name, Func<Task<int>> read)
    {
        var times = new List<double>(Rounds);
        var rows = 0L;
        for (var round = -100; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var found = await read();
            if (round < 0)
                continue;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            rows += found;
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {(double)rows / Rounds:0.#} | {times[Rounds / 2]:0.00} | {times[Rounds * 95 / 100]:0.00} | {times[Rounds * 99 / 100]:0.00} | {times[^1]:0.0} |"));
    }

    /// <summary>
    /// All on the server, in order of the keys. A search's listings lie all over the products, as eBay's numbers do; a quarter of the
    /// prices moved within the last fortnight; one product in fifty was not seen for long.
    /// </summary>
    static async Task FillProductsAsync(DbDataSource database)
    {
        var began = Stopwatch.GetTimestamp();
        // The last change: 8 to 0 days ago, or 20 days before that.
        const string LastChange = "(n * 7919 % 691200 + IF(n % 4 = 0, 0, 1728000))";
        for (var from = 0; from < Products; from += FilledAtOnce)
        {
            var numbers = $"(SELECT {from} + {Number(5)} AS n FROM {Digits(5)}) numbers";
            await ExecuteAsync(database, $"""
                INSERT INTO products (item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since, item_condition, marketplace,
                  url, image_url, shipping, shipping_currency, buying_options, first_seen, last_seen)
                SELECT CONCAT('v1|', 400000000000 + n, '|0'), 400000000000 + n, CONCAT('Apple iPhone 13 128GB Midnight, unlocked, very good, no. ', n),
                  {PriceAt("9")}, 'USD', {PriceAt("9")}, 'USD', {moment} - INTERVAL {LastChange} SECOND, 'Used', 'EBAY_US',
                  CONCAT('https://www.ebay.com/itm/', 400000000000 + n, '?_skw=iphone+13&hash=item', n), CONCAT('https://i.ebayimg.com/images/g/', n, '/s-l225.jpg'),
                  0, 'USD', 'FIXED_PRICE', {moment} - INTERVAL 100 DAY, {moment} - INTERVAL IF(n % 50 = 0, 40 * 86400, 60) SECOND
                FROM {numbers} ORDER BY n
                """);
            await ExecuteAsync(database, $"""
                INSERT INTO price_observations (item_id, observed_at, price, currency)
                SELECT CONCAT('v1|', 400000000000 + n, '|0'), {moment} - INTERVAL {LastChange} + ({PricesPerProduct - 1} - step.d) * 604800 SECOND, {PriceAt("step.d")}, 'USD'
                FROM {numbers} JOIN {Digit} step ORDER BY n, step.d
                """);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{from + FilledAtOnce:N0} products after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        }

    }

    static async Task FillQueriesAsync(DbDataSource database)
    {
        foreach (var chunk in Enumerable.Range(0, Queries).Chunk(500))
        {
            var values = string.Join(',', chunk.Select(query => $"('{QueryIdentity.IdOf(Query(query))}','{Query(query)}',{query})"));
            await ExecuteAsync(database, $"""
                CREATE TEMPORARY TABLE chunk (query_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY, query VARCHAR(100), n INT);
                INSERT INTO chunk VALUES {values};
                INSERT IGNORE INTO queries (query_id, query, marketplace, first_seen, last_seen) SELECT query_id, query, 'EBAY_US', {moment} - INTERVAL 100 DAY, {moment} - INTERVAL n % 120 SECOND FROM chunk;
                INSERT IGNORE INTO query_products (query_id, item_id, item_rank, last_seen)
                  SELECT query_id, CONCAT('v1|', 400000000000 + (chunk.n * 7919 + r.n * 104729) % {Products}, '|0'), r.n, {moment} - INTERVAL chunk.n % 120 SECOND
                  FROM chunk JOIN (SELECT {Number(2)} AS n FROM {Digits(2)}) r WHERE r.n < {ListingsPerQuery};
                INSERT IGNORE INTO subscriptions (user_id, query_id, frequency_minutes, active, told_at)
                  SELECT CONCAT('u-', MD5(CONCAT(n, '-', d))), query_id, 2, d < 8, {moment} FROM chunk JOIN {Digit} user;
                DROP TEMPORARY TABLE chunk;
                """);
        }

        await ExecuteAsync(database, "ANALYZE TABLE products, price_observations, queries, query_products, subscriptions");
    }

    const string Digit = "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";

    static string Digits(int count) => string.Join(" JOIN ", Enumerable.Range(0, count).Select(place => $"{Digit} d{place}"));

    static string Number(int digits) => string.Join(" + ", Enumerable.Range(0, digits).Select(place => $"d{place}.d * {Math.Pow(10, place):0}"));

    /// <summary>Differs from step to step.</summary>
    static string PriceAt(string step) => $"(10 + (n * 7 + {step} * 13) % 500)";

    static string Item(Random random) => $"v1|{400_000_000_000 + random.Next(Products)}|0";

    static string Query(int number) => $"EBAY_US?q=query%20{number}&sort=price";

    static async Task<DbDataSource> MigratedAsync(string server, string name)
    {
        await using (var root = new MySqlDataSource(server))
            await ExecuteAsync(root, $"CREATE DATABASE IF NOT EXISTS {name}");
        var source = new MySqlDataSource($"{server};Database={name};Allow User Variables=true;Default Command Timeout=600");
        await new SchemaMigrator(name, MySqlDialect.Instance, SqlScript.Of(DatabaseKeys.Shared, MySqlDialect.Instance), source).ApplyAsync(CancellationToken.None);
        return source;
    }

    static async Task ExecuteAsync(DbDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    static async Task<int> ReadAsync(DbDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        var values = new object[reader.FieldCount];
        while (await reader.ReadAsync())
            rows += reader.GetValues(values) > 0 ? 1 : 0;
        return rows;
    }

    static async Task<long> CountAsync(DbDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
