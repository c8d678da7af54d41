using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Alerts.Silo;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;

namespace Alerts.Bench;

/// <summary>
/// Rows per second into MySQL or MariaDB, on the same rows in the same run: a bare loop of multi-row upserts of products alone, a bare
/// loop that writes all tables, and stream, writer grain and store. Several rounds in turning order; what counts is the median of the
/// rounds' ratios. The bare loops know beforehand which prices changed; they write what they are given, whatever is there.
/// </summary>
static class SharedDataBenchmark
{
    const int Writers = 4;
    const int RowsPerStatement = 1_000;
    const int PageSize = 100;
    static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly Benchmark Listed = new(
        "shared-data",
        "rows per second into MySQL: bare upserts, and stream and writer; --mysql CONNECTION [--rows 60000] [--rounds 5]: needs the right to create databases",
        RunAsync);

    enum Kind
    {
        New,
        Changed,
        Unchanged,

        /// <summary>Of a hundred listings one is new and two have another price.</summary>
        AsSearchesFind,
    }

    static async Task<int> RunAsync(string[] args)
    {
        if (Option(args, "--mysql") is not { } server)
        {
            Console.Error.WriteLine("--mysql \"Server=127.0.0.1;User ID=root\" is needed: a server where databases may be created.");
            return 2;
        }

        var rows = int.Parse(Option(args, "--rows") ?? "60000", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option(args, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        await using var products = await NewDatabaseAsync(server, "alerts_bench_products");
        await using var tables = await NewDatabaseAsync(server, "alerts_bench_tables");
        await using var streamed = await NewDatabaseAsync(server, "alerts_bench_stream");
        using var silo = await StartSiloAsync(streamed);
        var results = Enum.GetValues<Kind>().ToDictionary(kind => kind, _ => new List<(double Time, double Cpu)[]>());
        // The first round warms up.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var kind in Enum.GetValues<Kind>())
            {
                var pages = Pages(rows, round, kind);
                var shares = Enumerable.Range(0, Writers)
                    .Select(writer => pages.SelectMany(page => page.Found.Listings.Select((listing, rank) => new Row(page.Query, rank, listing, page.Found.FetchedAt.UtcDateTime)))
                        .Where(row => ProductShards.ShardOf(row.Listing, Writers) == writer).ToArray())
                    .ToArray();
                Func<Task>[] ways =
                [
                    () => BareAsync(products, shares, ProductsOf),
                    () => BareAsync(tables, shares, part => ProductsOf(part) + ResultsOf(part) + ObservationsOf(part, kind)),
                    () => StreamAsync(silo.Services, pages, rows),
                ];
                var measured = new (double, double)[ways.Length];
                foreach (var way in Enumerable.Range(0, ways.Length).Select(step => (step + round) % ways.Length))
                    measured[way] = Measure(ways[way]);
                if (round > 0)
                    results[kind].Add(measured);
            }
        }

        Console.WriteLine($"{rounds} rounds of {rows} rows, {Writers} writers, {RowsPerStatement} rows a statement of the bare loops; medians");
        Console.WriteLine("| rows are | products alone, bare, rows/s | all tables, bare | stream and writer | ratio to products alone (least, most) | ratio to all tables (least, most) | CPU of this process, µs a row |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (kind, measured) in results)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {kind} | {Speed(0):N0} | {Speed(1):N0} | {Speed(2):N0} | {Ratio(0)} | {Ratio(1)} | {Cpu(0):0}, {Cpu(1):0}, {Cpu(2):0} |"));

            double Speed(int way) => rows / Median(measured.Select(round => round[way].Time));
            double Cpu(int way) => Median(measured.Select(round => round[way].Cpu)) * 1e6 / rows;
            string Ratio(int way)
            {
                var ratios = measured.Select(round => round[way].Time / round[2].Time).Order().ToList();
                return string.Create(CultureInfo.InvariantCulture, $"**{Median(ratios):0.00}** ({ratios[0]:0.00}, {ratios[^1]:0.00})");
            }
        }

        await silo.StopAsync();
        return 0;
    }

    static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>Seconds on the clock and of the processor.</summary>
    static (double Time, double Cpu) Measure(Func<Task> work)
    {
        GC.Collect();
        var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work().GetAwaiter().GetResult();
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    /// <summary>A round's searches, each at a time of its own.</summary>
    static List<(string Query, SearchSnapshot Found)> Pages(int rows, int round, Kind kind) =>
    [
        .. Enumerable.Range(0, rows / PageSize).Select(page => ($"EBAY_US?q={page}&sort=price", new SearchSnapshot
        {
            Version = round + 1,
            FetchedAt = start.AddHours(round).AddMinutes(2 * (int)kind).AddMilliseconds(7 * page),
            Total = PageSize,
            Listings = [.. Enumerable.Range(0, PageSize).Select(rank =>
            {
                var number = 400_000_000_000 + (2L * rows * round) + (page * PageSize) + rank;
                return (kind, rank) switch
                {
                    (Kind.New, _) => Listing(number, 10),
                    (Kind.AsSearchesFind, 0) => Listing(number + rows, 10),
                    (Kind.AsSearchesFind, 1 or 2) => Listing(number, 12),
                    _ => Listing(number, 11),
                };
            })],
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

    static Task BareAsync(DbDataSource database, Row[][] shares, Func<Row[], string> statements) =>
        Parallel.ForEachAsync(shares, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (share, cancellationToken) =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            foreach (var part in share.Chunk(RowsPerStatement))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = statements(part);
                await command.ExecuteNonQueryAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        });

    static string ProductsOf(Row[] part)
    {
        var sql = new StringBuilder("INSERT INTO products (item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since, item_condition, marketplace, url, image_url, shipping, shipping_currency, buying_options, first_seen, last_seen) VALUES ");
        foreach (var (_, _, listing, at) in part)
        {
            var time = Time(at);
            sql.Append(CultureInfo.InvariantCulture,
                $"('{listing.ItemId}',{listing.ListingNumber},'{listing.Title}',{listing.Price.Value},'{listing.Price.Currency}',{listing.SellerPrice.Value},'{listing.SellerPrice.Currency}','{time}','{listing.Condition}','EBAY_US','{listing.Url}','{listing.ImageUrl}',{listing.Shipping!.Value.Value},'{listing.Shipping.Value.Currency}','FIXED_PRICE','{time}','{time}'),");
        }

        sql.Length--;
        return sql.Append(" ON DUPLICATE KEY UPDATE title = VALUES(title), price = VALUES(price), currency = VALUES(currency), seller_price = VALUES(seller_price), seller_currency = VALUES(seller_currency), "
            + "item_condition = VALUES(item_condition), marketplace = VALUES(marketplace), url = VALUES(url), image_url = VALUES(image_url), shipping = VALUES(shipping), "
            + "shipping_currency = VALUES(shipping_currency), buying_options = VALUES(buying_options), last_seen = VALUES(last_seen);").ToString();
    }

    static string ResultsOf(Row[] part)
    {
        var sql = new StringBuilder("INSERT INTO query_products (query_id, item_id, item_rank, last_seen) VALUES ");
        foreach (var row in part.OrderBy(row => row.Query, StringComparer.Ordinal))
            sql.Append(CultureInfo.InvariantCulture, $"('{QueryIdentity.IdOf(row.Query)}','{row.Listing.ItemId}',{row.Rank},'{Time(row.At)}'),");
        sql.Length--;
        sql.Append(" ON DUPLICATE KEY UPDATE item_rank = VALUES(item_rank), last_seen = VALUES(last_seen);");
        sql.Append("INSERT INTO queries (query_id, query, marketplace, first_seen, last_seen) VALUES ");
        foreach (var row in part.DistinctBy(row => row.Query).OrderBy(row => row.Query, StringComparer.Ordinal))
            sql.Append(CultureInfo.InvariantCulture, $"('{QueryIdentity.IdOf(row.Query)}','{row.Query}','EBAY_US','{Time(row.At)}','{Time(row.At)}'),");
        sql.Length--;
        return sql.Append(" ON DUPLICATE KEY UPDATE last_seen = VALUES(last_seen);").ToString();
    }

    static string ObservationsOf(Row[] part, Kind kind)
    {
        var changed = part.Where(row => kind is Kind.New or Kind.Changed || (kind is Kind.AsSearchesFind && row.Rank < 3)).ToList();
        if (changed.Count == 0)
            return "";
        var sql = new StringBuilder("INSERT INTO price_observations (item_id, observed_at, price, currency) VALUES ");
        foreach (var (_, _, listing, at) in changed)
            sql.Append(CultureInfo.InvariantCulture, $"('{listing.ItemId}','{Time(at)}',{listing.SellerPrice.Value},'{listing.SellerPrice.Currency}'),");
        sql.Length--;
        return sql.Append(" ON DUPLICATE KEY UPDATE price = VALUES(price);").ToString();
    }

    static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

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
            await Task.Delay(2);
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
        builder.Services.AddSingleton(new SharedDataStore(shared, MySqlDialect.Instance));
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
        await new SchemaMigrator(name, MySqlDialect.Instance, SqlScript.Of(DatabaseKeys.Shared, MySqlDialect.Instance), source).ApplyAsync(CancellationToken.None);
        return source;
    }

    static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    readonly record struct Row(string Query, int Rank, Listing Listing, DateTime At);
}
