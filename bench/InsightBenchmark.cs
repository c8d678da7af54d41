using System.Diagnostics;
using System.Globalization;
using Alerts.Insights;
using Alerts.Search;
using Alerts.Settings;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Alerts.Silo;
using Alerts.State;
using Alerts.Users;

namespace Alerts.Bench;

/// <summary>
/// What came down, for users whose hour it is: each asks the insight of each of its searches, which are alike as people's are (Zipf),
/// and plans its mail. In one silo on SQLite; mails are planned, not sent.
/// </summary>
static class InsightBenchmark
{
    const int Queries = 500;
    const int ListingsPerQuery = 50;
    const int SearchesPerUser = 2;
    const int Callers = 64;

    public static readonly Benchmark Listed = new("insights", "insight mails planned for users of one hour, each search read once [users, default 10000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var users = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Alerts:DataDirectory"] = folder,
            ["Alerts:Ebay:ClientId"] = "nobody",
            ["Alerts:Ebay:ClientSecret"] = "nothing",
            ["Alerts:Email:Host"] = "127.0.0.1",
            ["Alerts:Email:From"] = "alerts@example.org",
        });
        builder.AddAlertsSilo();
        using var host = builder.Build();
        await host.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        await FillAsync(host.Services.GetRequiredService<SharedDataStore>(), now);

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var random = new Random(20261123);
        var popularity = new Zipf(Queries, random);
        var searches = Enumerable.Range(0, users).Select(_ => Enumerable.Range(0, SearchesPerUser).Select(_ => popularity.Next()).Distinct().ToArray()).ToArray();
        Console.WriteLine($"{users} users, {searches.SelectMany(search => search).Distinct().Count()} distinct searches of {ListingsPerQuery} listings");
        foreach (var round in (string[])["each search read once", "all known"])
        {
            var (mails, listings) = (0, 0);
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await Parallel.ForAsync(0, users, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, _) =>
            {
                var insights = await Task.WhenAll(searches[number].Select(search => grains.GetGrain<IInsightGrain>(Query(search)).GetAsync()));
                var planned = InsightPlanner.Plan(User(searches[number], now), insights, now, UserId.New()).Insight;
                if (planned is null)
                    return;
                Interlocked.Increment(ref mails);
                Interlocked.Add(ref listings, planned.Notification.Sections.Sum(section => section.Items.Length));
            });
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{round,-24} {took,7:0.00} s, {users / took,8:N0} users/s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds,6:0.0} CPU s, {mails} mails with {listings} listings"));
        }

        await host.StopAsync();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>A fortnight in which a third of the listings came down.</summary>
    static async Task FillAsync(SharedDataStore store, DateTimeOffset now)
    {
        foreach (var day in (int[])[20, 10, 0])
        {
            for (var query = 0; query < Queries; query++)
            {
                await store.WriteAsync(
                    WriteSet.Of([new ProductBatch
                    {
                        Query = Query(query),
                        Marketplace = "EBAY_US",
                        ObservedAt = now.AddDays(-day),
                        Listings = [.. Enumerable.Range(0, ListingsPerQuery).Select(rank => new RankedListing(rank, Listing((query * ListingsPerQuery) + rank, rank % 3 == 0 ? 100 + day : 100)))],
                    }]),
                    CancellationToken.None);
            }
        }
    }

    static Listing Listing(int number, decimal price) => new()
    {
        ItemId = $"v1|{number}|0", ListingNumber = number, Title = $"Apple iPhone 13, no. {number}", Price = new(price, "USD"), SellerPrice = new(price, "USD"),
        Url = $"https://www.ebay.com/itm/{number}",
    };

    static string Query(int number) => $"EBAY_US?q={number}&sort=price";

    static UserState User(int[] searches, DateTimeOffset now) => new()
    {
        Settings = new()
        {
            Email = "ann@example.org",
            FrequencyMinutes = 2,
            Searches = [.. searches.Select(search => new SearchSettings { Id = $"s-{search:x8}", Phrase = search.ToString(CultureInfo.InvariantCulture) })],
        },
        Version = 1, CreatedAt = now.AddDays(-30), Phase = now, NextDue = now,
    };
}
