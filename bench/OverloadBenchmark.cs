using System.Diagnostics;
using System.Globalization;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Search.Quota;

namespace Alerts.Bench;

/// <summary>
/// Far more searches than the day's calls suffice for, each asked for as checks ask. First with the day's calls spent: what the asking
/// costs a silo, and how long others wait. Then a day: calls made, and how long the longest waiting search has waited.
/// CPU is the whole process's, marketplace included.
/// </summary>
static class OverloadBenchmark
{
    const int DailyCalls = 5_000;
    const int SpentWindows = 3;
    const int DaySteps = 24;
    static readonly TimeSpan window = TimeSpan.FromMinutes(2);

    public static readonly Benchmark Listed = new("overload", "far more searches than calls: silo CPU, calls made, longest wait [searches, default 1000 10000 50000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        int[] sizes = args.Length > 0 ? [.. args.Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : [1_000, 10_000, 50_000];
        Console.WriteLine($"{"searches",9} {"CPU us an ask",14} {"% of a core",12} {"others p50 ms",14} {"p99 ms",8} {"calls, spent",13} {"calls, a day",13} {"longest wait",13} {"even share",11}");
        foreach (var size in sizes)
            await MeasureAsync(size);
        return 0;
    }

    static async Task MeasureAsync(int size)
    {
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        var clock = new ShiftedClock();
        try
        {
            await using var demo = await DemoApp.StartAsync(
                new DemoOptions
                {
                    DataDirectory = folder,
                    Marketplace = new MarketplaceOptions { ListingsPerQuery = 1, DailyCallLimit = DailyCalls },
                    Mailbox = new MailboxOptions { MaxKeptMails = 1 },
                    Settings = new Dictionary<string, string?>
                    {
                        ["Logging:LogLevel:Default"] = "Error",
                        ["Alerts:Ebay:DailyCallBudget"] = DailyCalls.ToString(CultureInfo.InvariantCulture),
                    },
                },
                builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(clock);
                    builder.Services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
                },
                clock);
            var searches = new Searches(demo, size);
            // eBay's day begins: its calls are all there, and the searches are shared out evenly over it.
            clock.Advance(QuotaDay.EndOf(clock.GetUtcNow()) - clock.GetUtcNow());
            await searches.AskAllAsync(isWaitedFor: true);
            var budget = demo.Gateway.Services.GetRequiredService<CallBudget>();
            while (await budget.TryTakeAsync(isUrgent: true))
            {
            }

            // Who has an answer is served beside them: the time of such an ask is what others feel.
            var calls = demo.Marketplace.SearchCalls.Value;
            var others = new List<double>();
            using var stop = new CancellationTokenSource();
            var beside = Task.Run(() => searches.AskBesideAsync(others, stop.Token));
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            for (var number = 0; number < SpentWindows; number++)
            {
                clock.Advance(window);
                await searches.AskAllAsync(isWaitedFor: true);
            }

            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            await stop.CancelAsync();
            await beside;
            var spent = demo.Marketplace.SearchCalls.Value - calls;

            // A whole day, each search asked for once in each of its hours.
            clock.Advance(QuotaDay.EndOf(clock.GetUtcNow()) - clock.GetUtcNow());
            calls = demo.Marketplace.SearchCalls.Value;
            for (var step = 0; step < DaySteps; step++)
            {
                await searches.AskAllAsync(isWaitedFor: false);
                clock.Advance(TimeSpan.FromHours(24.0 / DaySteps) - TimeSpan.FromSeconds(1));
            }

            var each = cpu / (SpentWindows * (double)size);
            others.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{size,9:N0} {each.TotalMicroseconds,14:0.0} {100 * each.TotalSeconds * size / window.TotalSeconds,12:0.00} {others[others.Count / 2],14:0.00} {others[others.Count * 99 / 100],8:0.00} {spent,13:N0} {demo.Marketplace.SearchCalls.Value - calls,13:N0} {searches.LongestWait(clock.GetUtcNow()).TotalHours,11:0.0} h {24.0 * size / DailyCalls,9:0.0} h"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The searches as their users' checks ask for them, through the silo's cache.</summary>
    sealed class Searches(DemoApp demo, int size)
    {
        static readonly ParallelOptions limit = new() { MaxDegreeOfParallelism = 16 };

        readonly AnswerCache cache = demo.Gateway.Services.GetRequiredService<AnswerCache>();
        readonly string[] queries = [.. Enumerable.Range(0, size).Select(number => $"EBAY_US?q=thing%20{number}&sort=price")];
        readonly long[] versions = new long[size];
        readonly DateTimeOffset[] fetchedAt = new DateTimeOffset[size];
        readonly DateTimeOffset begun = demo.Gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow();

        public Task AskAllAsync(bool isWaitedFor) => Parallel.ForAsync(0, size, limit, async (number, _) =>
        {
            var asker = new Asker(versions[number], isWaitedFor && versions[number] == 0, Parts: 1);
            if (cache.Find(queries[number], asker) is not null)
                return;
            var answer = await cache.AskAsync(queries[number], asker);
            versions[number] = answer.Snapshot?.Version ?? versions[number];
            fetchedAt[number] = answer.FetchedAt ?? fetchedAt[number];
        });

        /// <summary>Asks for one that has an answer, again and again.</summary>
        public async Task AskBesideAsync(List<double> milliseconds, CancellationToken cancellationToken)
        {
            var grain = demo.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<ISearchGrain>(queries[Array.FindIndex(versions, version => version != 0)]);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!cancellationToken.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                await grain.PeekAsync();
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                await timer.WaitForNextTickAsync(CancellationToken.None);
            }
        }

        /// <summary>Since the answer of the search whose last is oldest; of one without an answer, since the beginning.</summary>
        public TimeSpan LongestWait(DateTimeOffset now) => fetchedAt.Max(at => now - (at == default ? begun : at));
    }
}
