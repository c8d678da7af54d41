using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Alerts.SharedData;
using Alerts.Silo;
using Alerts.Silo.Storage;

namespace Alerts.Bench;

/// <summary>
/// Rows per second into MySQL or MariaDB three ways, on the same rows in the same run: a bare multi-row upsert of products alone,
/// the store called directly (products, prices, results), and stream, writer grain and store.
/// </summary>
sealed class SharedDataBenchmark
{
    const int Writers = 4;
    const int RowsPerStatement = 1_000;
    const int PageSize = 200;
    static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly Benchmark Listed = new(
        "shared-data",
        "rows per second into MySQL: bare upsert, store, stream and writer; --mysql CONNECTION [--rows 100000]: needs the right to create databases",
        RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        if (Option(args, "--mysql") is not { } server)
        {
            Console.Error.WriteLine("--mysql \"Server=127.0.0.1;User ID=root\" is needed: a server where databases may be created.");
            return 2;
        }

        var rows = int.Parse(Option(args, "--rows") ?? "100000", CultureInfo.InvariantCulture);
        await using var bare = await NewDatabaseAsync(server, "alerts_bench_bare");
        await using var direct = await NewDatabaseAsync(server, "alerts_bench_store");
        await using var streamed = await NewDatabaseAsync(server, "alerts_bench_stream");
        using var silo = await StartSiloAsync(streamed);
        Console.WriteLine($"{rows} rows a pass, {Writers} writers, {RowsPerStatement} rows a statement");
        Console.WriteLine("| pass | bare upsert, rows/s | store | stream, writer, store | stream / bare | stream / store | CPU of this process, µs a row: bare, store, stream |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (pass, name, price) in (ReadOnlySpan<(int, string, decimal)>)[(0, "new rows", 10m), (1, "changed prices", 11m), (2, "unchanged prices", 11m), (3, "changed prices again", 12m)])
        {
            var snapshots = Snapshots(rows, pass, price);
            var (bareTime, bareCpu) = Measure(() => BareAsync(bare, snapshots));
            var (storeTime, storeCpu) = Measure(() => StoreAsync(new SharedDataStore(direct, Alerts.SharedData.SqlDialect.MySql), snapshots));
            var (streamTime, streamCpu) = Measure(() => StreamAsync(silo.Services, snapshots, rows));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {rows / bareTime:N0} | {rows / storeTime:N0} | {rows / streamTime:N0} | {bareTime / streamTime:0.00} | {storeTime / streamTime:0.00} | {bareCpu * 1e6 / rows:0}, {storeCpu * 1e6 / rows:0}, {streamCpu * 1e6 / rows:0} |"));
        }

        await silo.StopAsync();
        return 0;
    }

    /// <summary>Seconds on the clock and of the processor.</summary>
    static (double Time, double Cpu) Measure(Func<Task> work)
    {
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work().GetAwaiter().GetResult();
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    static List<(string Query, SearchSnapshot Found)> Snapshots(int rows, int pass, decimal price) =>
    [
        .. Enumerable.Range(0, rows / PageSize).Select(page => ($"EBAY_US?q={page}&sort=price", new SearchSnapshot
        {
            Version = pass + 1,
            FetchedAt = start.AddMinutes(2 * pass),
            Total = PageSize,
            Listings = [.. Enumerable.Range(page * PageSize, PageSize).Select(number => Listing(400_000_000_000 + number, price))],
        })),
    ];

    static Listing Listing(long number, decimal price) => new()
    {
        ItemId = $"v1|{number}|0",
        ListingNumber = number,
        Title = $"Apple iPhone 13 128GB Midnight, unlocked, very good, no. {number}",
        Price = new(price, "USD"),
        SellerPrice = new(price, "USD"),
        Condition = "Used",
        BuyingOptions = ["FIXED_PRICE"],
        Url = $"https://www.ebay.com/itm/{number}?_skw=iphone+13&hash=item{number:x}",
        ImageUrl = $"https://i.ebayimg.com/images/g/{number}/s-l225.jpg",
        Shipping = new(0, "USD"),
    };

    /// <summary>Each writer has its share of the listings, as the shards have.</summary>
    static Task BareAsync(DbDataSource database, List<(string Query, SearchSnapshot Found)> snapshots) =>
        Parallel.ForAsync(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (writer, cancellationToken) =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            var share = snapshots.SelectMany(snapshot => snapshot.Found.Listings.Select(listing => (listing, snapshot.Found.FetchedAt)))
                .Where(row => ProductShards.ShardOf(row.listing, Writers) == writer);
            foreach (var batch in share.Chunk(RowsPerStatement))
            {
                await using var command = connection.CreateCommand();
                var sql = new StringBuilder("INSERT INTO products (item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since, item_condition, marketplace, url, image_url, shipping, shipping_currency, buying_options, first_seen, last_seen) VALUES ");
                foreach (var (listing, at) in batch)
                {
                    var time = at.UtcDateTime;
                    Row(
                        listing.ItemId, listing.ListingNumber, listing.Title, listing.Price.Value, listing.Price.Currency, listing.SellerPrice.Value, listing.SellerPrice.Currency,
                        time, listing.Condition!, "EBAY_US", listing.Url, listing.ImageUrl!, listing.Shipping!.Value.Value, listing.Shipping.Value.Currency, "FIXED_PRICE", time, time);
                }

                sql.Length--;
                sql.Append(" ON DUPLICATE KEY UPDATE title = VALUES(title), price = VALUES(price), currency = VALUES(currency), seller_price = VALUES(seller_price), seller_currency = VALUES(seller_currency), "
                    + "item_condition = VALUES(item_condition), marketplace = VALUES(marketplace), url = VALUES(url), image_url = VALUES(image_url), shipping = VALUES(shipping), "
                    + "shipping_currency = VALUES(shipping_currency), buying_options = VALUES(buying_options), last_seen = VALUES(last_seen)");
                command.CommandText = sql.ToString();
                await command.ExecuteNonQueryAsync(cancellationToken);

                void Row(params ReadOnlySpan<object> values)
                {
                    var separator = '(';
                    foreach (var value in values)
                    {
                        var parameter = command.CreateParameter();
                        parameter.ParameterName = $"@p{command.Parameters.Count}";
                        parameter.Value = value;
                        command.Parameters.Add(parameter);
                        sql.Append(separator).Append(parameter.ParameterName);
                        separator = ',';
                    }

                    sql.Append("),");
                }
            }
        });

    static Task StoreAsync(SharedDataStore store, List<(string Query, SearchSnapshot Found)> snapshots) =>
        Parallel.ForAsync(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (writer, cancellationToken) =>
        {
            var batches = snapshots.SelectMany(snapshot => ProductShards.Split(snapshot.Query, snapshot.Found, Writers)).Where(part => part.Key == writer).Select(part => part.Value);
            foreach (var part in FlushParts.Of(batches, RowsPerStatement, 1024 * 1024))
                await store.WriteAsync(WriteSet.Of(part), cancellationToken);
        });

    /// <summary>Publishes as fast as the shards admit, and waits for the last row.</summary>
    static async Task StreamAsync(IServiceProvider silo, List<(string Query, SearchSnapshot Found)> snapshots, int rows)
    {
        var stream = silo.GetRequiredService<ProductStream>();
        var grains = silo.GetRequiredService<IGrainFactory>();
        var before = await WrittenAsync(grains);
        await Parallel.ForEachAsync(snapshots, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (snapshot, cancellationToken) =>
        {
            while (!await stream.PublishAsync(snapshot.Query, snapshot.Found))
                await Task.Delay(5, cancellationToken);
        });
        while (await WrittenAsync(grains) < before + rows)
            await Task.Delay(5);
    }

    static async Task<long> WrittenAsync(IGrainFactory grains)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, Writers).Select(shard => grains.GetGrain<ISharedDataWriterGrain>(ProductShards.KeyOf(shard)).GetHealthAsync()));
        return shards.Sum(shard => shard.RowsWritten);
    }

    static async Task<IHost> StartSiloAsync(DbDataSource shared)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Alerts:DataDirectory"] = Directory.CreateTempSubdirectory("alerts-bench-").FullName,
            ["Alerts:Ebay:ClientId"] = "nobody",
            ["Alerts:Ebay:ClientSecret"] = "nothing",
            ["Alerts:Email:Host"] = "127.0.0.1",
            ["Alerts:Email:From"] = "alerts@example.org",
            ["Alerts:SharedData:Shards"] = Writers.ToString(CultureInfo.InvariantCulture),
            ["Alerts:SharedData:FlushRows"] = RowsPerStatement.ToString(CultureInfo.InvariantCulture),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole();
        builder.AddAlertsSilo();
        builder.Services.AddSingleton(new SharedDataStore(shared, Alerts.SharedData.SqlDialect.MySql));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    static async Task<DbDataSource> NewDatabaseAsync(string server, string name)
    {
        await using (var root = new MySqlDataSource(server))
        {
            await using var command = root.CreateCommand($"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name}");
            await command.ExecuteNonQueryAsync();
        }

        var source = new MySqlDataSource($"{server};Database={name}");
        await new SchemaMigrator(name, Silo.Storage.SqlDialect.MySql, SqlScript.Of(Databases.Shared, Silo.Storage.SqlDialect.MySql), source).ApplyAsync(CancellationToken.None);
        return source;
    }

    static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
