using System.Diagnostics;
using System.Globalization;
using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Alerts.SharedData.Retention;
using Alerts.Silo.Databases.MySql;

namespace Alerts.Bench;

/// <summary>Retention on a filled database beside a writer: how long the writer's transactions take without it and with it.</summary>
static class RetentionBenchmark
{
    public static readonly Benchmark Listed = new(
        "retention", "a writer's transactions without and beside retention; --mysql CONNECTION of a filled shared database, --now TIME retention takes it to be", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        if (Option(args, "--mysql") is not { } connection || Option(args, "--now") is not { } moment)
        {
            Console.Error.WriteLine("--mysql CONNECTION and --now TIME are needed; rows are deleted.");
            return 2;
        }

        var now = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        await using var database = new MySqlDataSource(connection);
        var store = new SharedDataStore(database, MySqlDialect.Instance);
        Report("alone", await WriteAsync(store, now, 60, CancellationToken.None));

        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(store, now.AddMinutes(200), int.MaxValue, stop.Token);
        var retention = new RetentionSweep(database, MySqlDialect.Instance, new SharedDataOptions(), new ShiftedTime(now));
        var began = Stopwatch.GetTimestamp();
        var deleted = await retention.RunAsync(CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        Report("beside retention", await writing);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"retention deleted {deleted:N0} rows in {took.TotalSeconds:0.0} s"));
        return 0;
    }

    /// <summary>Seconds of each transaction of 200 listings, of the products that are there.</summary>
    static async Task<List<double>> WriteAsync(SharedDataStore store, DateTimeOffset begin, int count, CancellationToken stop)
    {
        var times = new List<double>();
        for (var step = 0; step < count && !stop.IsCancellationRequested; step++)
        {
            var batch = new ProductBatch
            {
                Query = $"EBAY_US?q={step % 50}",
                Marketplace = "EBAY_US",
                ObservedAt = begin.AddSeconds(step),
                Listings = [.. Enumerable.Range(0, 200).Select(rank => new RankedListing(rank, Listing(400_000_000_001 + (rank * 4_999L) + step, 20 + (step % 3))))],
            };
            var began = Stopwatch.GetTimestamp();
            await store.WriteAsync(WriteSet.Of([batch]), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return times;
    }

    static Listing Listing(long number, decimal price) => new()
    {
        ItemId = $"v1|{number}|0", ListingNumber = number, Title = $"Apple iPhone 13, no. {number}", Price = new(price, "USD"), SellerPrice = new(price, "USD"),
        Url = $"https://www.ebay.com/itm/{number}",
    };

    static void Report(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"writer {name,-18} {times.Count,6} transactions, median {times[times.Count / 2] * 1000:0} ms, p95 {times[times.Count * 95 / 100] * 1000:0} ms, longest {times[^1] * 1000:0} ms"));
    }

    static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    /// <summary>Another date, the same pace.</summary>
    sealed class ShiftedTime(DateTimeOffset begin) : TimeProvider
    {
        readonly long since = Stopwatch.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => begin + Stopwatch.GetElapsedTime(since);
    }
}
