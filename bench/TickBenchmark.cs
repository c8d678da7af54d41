using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.Users;
using Alerts.Users.Addresses;

namespace Alerts.Bench;

/// <summary>
/// What a tick costs: not due; due with nothing changed, with and without the calls to eBay; due with a result that changed and is no
/// news; and what a user takes in memory. Ticks are calls of the reminder's method in one process. CPU and allocations are the whole
/// process's, marketplace included.
/// </summary>
static class TickBenchmark
{
    const int Phrases = 2_000;
    const int SearchesPerUser = 3;
    const int ListingsPerSearch = 20;
    const int Seed = 20261123;
    static readonly ParallelOptions limit = new() { MaxDegreeOfParallelism = 64 };

    public static readonly Benchmark Listed = new("ticks", "ticks a second: not due, due and unchanged, due and changed; memory a user [users, default 5000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        var clock = new ShiftedClock();
        try
        {
            await using var demo = await DemoApp.StartAsync(
                new DemoOptions
                {
                    DataDirectory = folder,
                    Marketplace = new MarketplaceOptions { ListingsPerQuery = 0, DailyCallLimit = 10_000_000 },
                    Mailbox = new MailboxOptions { MaxKeptMails = 1 },
                    Settings = new Dictionary<string, string?>
                    {
                        ["Logging:LogLevel:Default"] = "Warning",
                        ["Logging:LogLevel:Orleans"] = "Error",
                        ["Alerts:Ebay:DailyCallBudget"] = "10000000",
                    },
                },
                builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(clock);
                    builder.Services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
                });
            var grains = demo.Gateway.Services.GetRequiredService<IGrainFactory>();
            var admission = demo.Gateway.Services.GetRequiredService<RunAdmission>();
            Offer(demo.Marketplace, surcharge: 0);
            // Two halves with the same searches: in a window the first half's checks make the calls, the second half's share them.
            var (first, second) = (Users(count / 2), Users(count / 2));

            await EnrolAsync(demo, grains, first);
            await IdleAsync(admission);
            // What the second half adds is the users' own: their searches and what the marketplace keeps of them are there already.
            var before = Heap();
            await EnrolAsync(demo, grains, second);
            await IdleAsync(admission);
            var perUser = (Heap() - before) / second.Length;
            // The same grains of nobody: what the runtime takes for them.
            before = Heap();
            await ActivateAsync(grains, Users(second.Length));
            var perActivation = (Heap() - before) / second.Length;
            var state = StateBytes();

            Console.WriteLine($"{count:N0} users, {SearchesPerUser} searches each of {Phrases:N0} phrases, {ListingsPerSearch} listings seen in each search");
            Console.WriteLine($"{"ticks",-44} {"ticks/s",10} {"CPU us each",12} {"bytes each",11} {"eBay calls",11}");
            for (var round = 0; round < 3; round++)
            {
                await RoundAsync("not due (5 each)", 5 * count, demo, () => TicksAsync([.. Enumerable.Repeat((string[])[.. first, .. second], 5).SelectMany(user => user)]));
                clock.Advance(AlertsOptions.StandardReminderPeriod);
                await RoundAsync("due, unchanged, eBay asked", first.Length, demo, () => TicksAsync(first));
                await RoundAsync("due, unchanged, answers shared", second.Length, demo, () => TicksAsync(second));
                clock.Advance(AlertsOptions.StandardReminderPeriod);
                Offer(demo.Marketplace, surcharge: round + 1);
                await RoundAsync("due, changed, eBay asked", first.Length, demo, () => TicksAsync(first));
                await RoundAsync("due, changed, answers shared", second.Length, demo, () => TicksAsync(second));
            }

            // Reminders like the users', of grains that do nothing.
            var reminded = Users(second.Length).Select(name => grains.GetGrain<IRemindedGrain>(name)).ToArray();
            await Parallel.ForEachAsync(reminded, limit, async (grain, _) => await grain.ActivateAsync());
            before = Heap();
            await Parallel.ForEachAsync(reminded, limit, async (grain, _) => await grain.RemindAsync());
            var perReminder = (Heap() - before) / reminded.Length;
            Console.WriteLine($"heap a user: {perUser:N0} bytes; of them the user's state {state:N0}, the runtime's activations of user and address {perActivation:N0} "
                + $"and its reminder {perReminder:N0}, and {perUser - state - perActivation - perReminder:N0} the user's grain holds besides");
            return 0;

            async Task TicksAsync(string[] users)
            {
                var now = clock.GetUtcNow().UtcDateTime;
                var status = new TickStatus(now, AlertsOptions.StandardReminderPeriod, now);
                await Parallel.ForEachAsync(users, limit, async (user, _) =>
                    await grains.GetGrain<IUserGrain>(user).ReceiveReminder("check", status, CancellationToken.None));
                await IdleAsync(admission);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Puts the same things on sale for every phrase; a surcharge makes each dearer, which is remembered and is no news.</summary>
    static void Offer(MarketplaceServer marketplace, decimal surcharge)
    {
        for (var phrase = 0; phrase < Phrases; phrase++)
        {
            marketplace.Script(Phrase(phrase), [.. Enumerable.Range(0, ListingsPerSearch).Select(number => new ListingSpec(
                (100_000_000_000 + (phrase * 100) + number).ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"Thing {phrase} number {number} as sellers describe such things"),
                100 + number + surcharge))]);
        }
    }

    static string Phrase(int number) => string.Create(CultureInfo.InvariantCulture, $"thing {number}");

    static string[] Users(int count) => [.. Enumerable.Range(0, count).Select(_ => UserId.New())];

    static UserSettings Settings(Zipf zipf) => new()
    {
        Email = "somebody@example.org",
        FrequencyMinutes = 2,
        Insights = false,
        Searches = [.. Enumerable.Range(0, 100).Select(_ => zipf.Next()).Distinct().Take(SearchesPerUser)
            .Select((phrase, index) => new SearchSettings { Id = string.Create(CultureInfo.InvariantCulture, $"s-{index:x8}"), Phrase = Phrase(phrase) })],
    };

    static async Task EnrolAsync(DemoApp demo, IGrainFactory grains, string[] users)
    {
        var zipf = new Zipf(Phrases, new Random(Seed));
        var target = demo.Mailbox.AcceptedCount + users.Length;
        var settings = users.Select(user => Settings(zipf) with { Email = user + "@example.org" }).ToArray();
        await Parallel.ForAsync(0, users.Length, limit, async (number, cancellation) =>
            await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings[number].Email)).EnrolAsync(users[number], settings[number]));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await demo.Mailbox.WaitForCountAsync((int)target, deadline.Token);
    }

    /// <summary>Activates the grains of users and addresses that are not enrolled.</summary>
    static Task ActivateAsync(IGrainFactory grains, string[] users) =>
        Parallel.ForEachAsync(users, limit, async (user, _) =>
        {
            await grains.GetGrain<IUserGrain>(user).GetAsync();
            await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(user + "@example.org")).FindAsync();
        });

    /// <summary>A tick has begun its work by the time its call returns, and work holds a place until it is done.</summary>
    static async Task IdleAsync(RunAdmission admission)
    {
        while (admission.InFlight + admission.Waiting > 0)
            await Task.Delay(1);
    }

    static async Task RoundAsync(string name, int ticks, DemoApp demo, Func<Task> act)
    {
        using var process = Process.GetCurrentProcess();
        var calls = demo.Marketplace.SearchCalls.Value;
        var (cpu, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var watch = Stopwatch.StartNew();
        await act();
        watch.Stop();
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-44} {ticks / watch.Elapsed.TotalSeconds,10:N0} {(process.TotalProcessorTime - cpu).TotalMicroseconds / ticks,12:N1} {(GC.GetTotalAllocatedBytes() - bytes) / ticks,11:N0} {demo.Marketplace.SearchCalls.Value - calls,11:N0}"));
    }

    static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>What the state of a user takes when it comes from the store, with strings of its own.</summary>
    static long StateBytes()
    {
        const int Copies = 2_000;
        var searches = Settings(new Zipf(Phrases, new Random(Seed)));
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var user = new UserState { Settings = searches, Version = 1, CreatedAt = now, Phase = now, NextDue = now };
        var answers = searches.Searches.Select((search, at) => new SearchAnswer
        {
            FetchedAt = now,
            NextFetch = now,
            Snapshot = new SearchSnapshot
            {
                Version = at + 1,
                FetchedAt = now,
                Total = ListingsPerSearch,
                Listings = [.. Enumerable.Range(0, ListingsPerSearch).Select(number => new Listing
                {
                    ItemId = "v1|1|0",
                    ListingNumber = 100_000_000_000 + (at * 100) + number,
                    Title = "A thing",
                    Price = new Money(100 + number, "USD"),
                    SellerPrice = new Money(100 + number, "USD"),
                    Url = "https://www.ebay.com/itm/1",
                })],
            },
        }).ToArray();
        var checkedOnce = RunPlan.Make(user, [.. SearchQuery.KeysOf(searches)], answers, now, AlertsOptions.StandardReminderPeriod, "u-0123456789abcdef0123456789abcdef").Next with { Outbox = null };
        var json = JsonSerializer.Serialize(checkedOnce);
        var copies = new UserState[Copies];
        copies[0] = JsonSerializer.Deserialize<UserState>(json)!;
        var before = Heap();
        for (var copy = 1; copy < Copies; copy++)
            copies[copy] = JsonSerializer.Deserialize<UserState>(json)!;
        var bytes = (Heap() - before) / (Copies - 1);
        GC.KeepAlive(copies);
        return bytes;
    }
}
