using System.Diagnostics;
using System.Globalization;
using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Gateway;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Bench;

/// <summary>
/// The whole flow in one process against sinks that are no bottleneck: start to first mail, memory with users enrolled, and users
/// a second with every user mailed and with nothing changed. Marketplace and mailbox are another process; all share this machine's processors.
/// </summary>
static class FlowBenchmark
{
    const int Phrases = 2_000;
    const int Seed = 20261123;
    const int Rounds = 5;
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    public static readonly Benchmark Listed = new("flow", "start to first mail, memory, users per second through the whole flow [users, default 10000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        var clock = new ShiftedClock();
        using var limit = new CancellationTokenSource(patience);
        using var counted = new Counted("alerts.runs", "alerts.searches", "alerts.mail.attempts", "alerts.state.writes");
        try
        {
            var (sinks, marketplace, smtpPort) = await SinksNode.StartAsync(limit.Token);
            await using var closing = sinks;
            var start = Stopwatch.StartNew();
            await using var gateway = await StartAsync(folder, marketplace, smtpPort, clock, limit.Token);
            var ready = start.Elapsed;
            await FirstMailAsync(gateway, counted, limit.Token);
            Console.WriteLine($"start to ready        {ready.TotalSeconds,8:0.0} s");
            Console.WriteLine($"start to first mail   {start.Elapsed.TotalSeconds,8:0.0} s");

            var rounds = new FlowRounds(counted, sinks, gateway.Services.GetRequiredService<IGrainFactory>(), clock, limit.Token);
            var before = Memory();
            var mailed = Users(count, NotifyMode.EveryCheck, "mailed");
            var quiet = Users(count, NotifyMode.Changes, "quiet");
            Console.WriteLine();
            FlowRounds.PrintHeader();
            await rounds.EnrolAsync("enrol, first check, first mail", mailed);
            for (var round = 1; round <= Rounds; round++)
                await rounds.TickAsync($"every user mailed, round {round}", mailed, "alerts.mail.attempts accepted");
            await rounds.EnrolAsync("enrol, first check, first mail", quiet);
            Console.WriteLine($"resident memory with {2 * count:N0} users: {(Memory() - before) / 1048576.0:0} MB over {before / 1048576.0:0} MB empty");
            for (var round = 1; round <= Rounds; round++)
                await rounds.TickAsync($"nothing changed, round {round}", quiet, "alerts.runs unchanged");
            await gateway.StopAsync(limit.Token);
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

    /// <summary>The gateway with its silo, as <c>src/Gateway</c> runs it in embedded mode.</summary>
    static async Task<WebApplication> StartAsync(string folder, string marketplace, string smtpPort, ShiftedClock clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GatewayHosting).Assembly.GetName().Name });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Orleans"] = "Error",
            ["Alerts:DataDirectory"] = folder,
            ["Alerts:Confirmation"] = nameof(ConfirmationMode.Off),
            ["Alerts:Ebay:BaseUrl"] = marketplace,
            ["Alerts:Ebay:ClientId"] = new MarketplaceOptions().ClientId,
            ["Alerts:Ebay:ClientSecret"] = new MarketplaceOptions().ClientSecret,
            ["Alerts:Ebay:DailyCallBudget"] = "10000000",
            ["Alerts:Email:Host"] = "127.0.0.1",
            ["Alerts:Email:Port"] = smtpPort,
            ["Alerts:Email:Security"] = "None",
            ["Alerts:Email:From"] = "alerts@example.org",
        });
        builder.AddAlertsGateway();
        builder.Services.AddSingleton<TimeProvider>(clock);
        // Orleans' own timers stay on the system's clock: only the product's time is moved.
        builder.Services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => TimeProvider.System);
        var gateway = builder.Build();
        gateway.UseAlertsGateway();
        await gateway.StartAsync(cancellationToken);
        return gateway;
    }

    static async Task FirstMailAsync(WebApplication gateway, Counted counted, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        using var response = await http.PostAsJsonAsync(
            "/v1/users", new { email = "first@example.org", frequencyMinutes = 1440, searches = new[] { new { phrase = "iphone 13" } } }, cancellationToken);
        response.EnsureSuccessStatusCode();
        await counted.ReachAsync("alerts.mail.attempts accepted", 1, cancellationToken);
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

    static long Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
