using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Alerts.Bench;

/// <summary>
/// The whole flow in one process against sinks that are no bottleneck: start to first mail, memory with users enrolled, and users
/// a second with every user mailed and with nothing changed. CPU seconds include marketplace and mailbox, which run in the same process.
/// </summary>
static class FlowBenchmark
{
    const int Phrases = 2_000;
    const int Seed = 20261123;
    const int Callers = 64;

    public static readonly Benchmark Listed = new("flow", "start to first mail, memory, users per second through the whole flow [users, default 10000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        var clock = new ShiftedClock();
        try
        {
            await using var demo = await DemoApp.StartAsync(
                new DemoOptions
                {
                    DataDirectory = folder,
                    Marketplace = new MarketplaceOptions { ListingsPerQuery = 20, DailyCallLimit = 10_000_000, PriceChangePeriod = TimeSpan.FromDays(365) },
                    Mailbox = new MailboxOptions { MaxKeptMails = 1 },
                    Settings = new Dictionary<string, string?>
                    {
                        ["Logging:LogLevel:Default"] = "Warning",
                        ["Alerts:Ebay:DailyCallBudget"] = "10000000",
                        ["Logging:LogLevel:Orleans"] = "Error",
                    },
                },
                builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(clock);
                    // Orleans' own timers stay on the system's clock: only the product's time is moved.
                    builder.Services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
                });
            var started = SinceStart();
            await FirstMailAsync(demo);
            var firstMail = SinceStart();
            Console.WriteLine($"process start to ready        {started.TotalSeconds,8:0.0} s");
            Console.WriteLine($"process start to first mail   {firstMail.TotalSeconds,8:0.0} s");

            var grains = demo.Gateway.Services.GetRequiredService<IGrainFactory>();
            var before = Memory();
            var mailed = Users(count, NotifyMode.EveryCheck, "mailed");
            var quiet = Users(count, NotifyMode.Changes, "quiet");
            Console.WriteLine();
            Console.WriteLine($"{"round",-34} {"users",8} {"users/s",9} {"mails/s",9} {"eBay calls",11} {"CPU s per 1,000",16}");
            await RoundAsync("enrol, first check, first mail", demo, mailed, () => EnrolAsync(demo, grains, mailed), count);
            for (var round = 1; round <= 3; round++)
                await RoundAsync($"every user mailed, round {round}", demo, mailed, () => TickAsync(clock, grains, mailed), count);
            await EnrolAsync(demo, grains, quiet);
            Console.WriteLine($"resident memory with {2 * count:N0} users  {(Memory() - before) / 1048576.0:0} MB over {before / 1048576.0:0} MB empty");
            for (var round = 1; round <= 3; round++)
                await RoundAsync($"nothing changed, round {round}", demo, quiet, () => TickAsync(clock, grains, quiet), mails: 0);
            Console.WriteLine();
            Console.WriteLine("The first service on two cores: 102 users/s, 204 mails/s, 14.6 worker CPU s per 1,000 users,");
            Console.WriteLine("one eBay call per user and phrase (19,971 for 10,000 users with 1,794 distinct phrases).");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task FirstMailAsync(DemoApp demo)
    {
        using var http = new HttpClient { BaseAddress = demo.Address };
        using var response = await http.PostAsJsonAsync("/v1/users", new { email = "first@example.org", frequencyMinutes = 1440, searches = new[] { new { phrase = "iphone 13" } } });
        response.EnsureSuccessStatusCode();
        await demo.Mailbox.WaitForCountAsync(1, Deadline());
    }

    static (string Id, UserSettings Settings)[] Users(int count, NotifyMode notify, string name)
    {
        var random = new Random(Seed);
        var zipf = new Zipf(Phrases, random);
        return [.. Enumerable.Range(0, count).Select(number => (UserId.New(), new UserSettings
        {
            Email = string.Create(CultureInfo.InvariantCulture, $"{name}{number}@example.org"),
            FrequencyMinutes = 2,
            Notify = notify,
            Searches = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => zipf.Next()).Distinct()
                .Select((phrase, index) => new SearchSettings { Id = $"s-{index:x8}", Phrase = string.Create(CultureInfo.InvariantCulture, $"thing {phrase}") })],
        }))];
    }

    static async Task EnrolAsync(DemoApp demo, IGrainFactory grains, (string Id, UserSettings Settings)[] users)
    {
        var target = demo.Mailbox.AcceptedCount + users.Length;
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (user, cancellation) =>
            await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(user.Settings.Email)).EnrolAsync(user.Id, user.Settings));
        await AcceptedAsync(demo, target);
    }

    /// <summary>Moves the clock one window on, delivers every user's tick and waits until every user's next check lies in the future.</summary>
    static async Task TickAsync(ShiftedClock clock, IGrainFactory grains, (string Id, UserSettings Settings)[] users)
    {
        clock.Advance(AlertsOptions.StandardReminderPeriod);
        var now = clock.GetUtcNow();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (user, cancellation) =>
            await grains.GetGrain<IUserGrain>(user.Id).ReceiveReminder("check", new TickStatus(now.UtcDateTime, AlertsOptions.StandardReminderPeriod, now.UtcDateTime), cancellation));
        foreach (var user in users)
        {
            while ((await grains.GetGrain<IUserGrain>(user.Id).GetAsync())!.NextRun <= now)
                await Task.Yield();
        }
    }

    static async Task RoundAsync(string name, DemoApp demo, (string Id, UserSettings Settings)[] users, Func<Task> act, int mails)
    {
        var calls = demo.Marketplace.SearchCalls.Value;
        var accepted = demo.Mailbox.AcceptedCount;
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await act();
        await AcceptedAsync(demo, accepted + mails);
        watch.Stop();
        var seconds = watch.Elapsed.TotalSeconds;
        var cpuPerThousand = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds * 1000 / users.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-34} {users.Length,8:N0} {users.Length / seconds,9:N0} {(demo.Mailbox.AcceptedCount - accepted) / seconds,9:N0} {demo.Marketplace.SearchCalls.Value - calls,11:N0} {cpuPerThousand,16:0.00}"));
    }

    static async Task AcceptedAsync(DemoApp demo, long target) => await demo.Mailbox.WaitForCountAsync((int)target, Deadline());

    static CancellationToken Deadline() => new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    static TimeSpan SinceStart() => DateTime.Now - Process.GetCurrentProcess().StartTime;

    static long Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
