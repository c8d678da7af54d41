using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Alerts.Cluster.Tests;
using MySql.Data.MySqlClient;

namespace Alerts.Bench;

/// <summary>
/// Three silos and two gateways as processes on Redis and MariaDB, every user mailed in every round, and one fault after the other under
/// that load. For each fault: how soon every user is mailed in every round again, what came twice, and what the API answered. At the end:
/// whether any notification that the store intended was never mailed.
/// </summary>
sealed class ClusterFaultsBenchmark : IAsyncDisposable
{
    const int Silos = 3;

    /// <summary>How long Redis and MariaDB are away when restarted.</summary>
    static readonly TimeSpan outage = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait for the cluster to see a fault.</summary>
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    static readonly TimeSpan look = TimeSpan.FromMilliseconds(250);

    public static readonly Benchmark Listed = new(
        "cluster-faults",
        "3 silos, 2 gateways, Redis, MariaDB, a fault after the other under load; [--users 5000] [--period 30] [--rounds 2 after each] [--minutes 9] [--faults all, or their first words, comma-separated]",
        RunAsync);

    readonly Population population;
    readonly TimeSpan period;
    readonly int rounds;
    readonly string[]? chosen;
    readonly TimeSpan time;
    readonly long begin = Stopwatch.GetTimestamp();
    readonly CancellationTokenSource limit;
    readonly MailLedger ledger;
    readonly List<ChildProcess> silos = [];
    readonly List<HttpClient> apis = [];
    RedisServer redis = null!;
    MariaDbServer mariaDb = null!;
    AlertsProcesses alerts = null!;

    ClusterFaultsBenchmark(string[] args)
    {
        population = new Population(int.Parse(Arguments.Option(args, "--users", "5000"), CultureInfo.InvariantCulture));
        period = TimeSpan.FromSeconds(int.Parse(Arguments.Option(args, "--period", "30"), CultureInfo.InvariantCulture));
        rounds = int.Parse(Arguments.Option(args, "--rounds", "2"), CultureInfo.InvariantCulture);
        chosen = Arguments.Option(args, "--faults", "all") is var faults and not "all" ? faults.Split(',') : null;
        ledger = new MailLedger(population.Count);
        time = TimeSpan.FromMinutes(int.Parse(Arguments.Option(args, "--minutes", "9"), CultureInfo.InvariantCulture));
        limit = new CancellationTokenSource(time + period * 4 + patience);
    }

    public async ValueTask DisposeAsync()
    {
        await limit.CancelAsync();
        apis.ForEach(api => api.Dispose());
        if (alerts is not null)
            await alerts.DisposeAsync();
        if (mariaDb is not null)
            await mariaDb.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
        limit.Dispose();
    }

    static async Task<int> RunAsync(string[] args)
    {
        await using var benchmark = new ClusterFaultsBenchmark(args);
        return await benchmark.RunAsync();
    }

    async Task<int> RunAsync()
    {
        redis = await RedisServer.StartAsync(limit.Token);
        mariaDb = await MariaDbServer.StartAsync(limit.Token);
        var database = await mariaDb.CreateDatabaseAsync(limit.Token);
        alerts = await AlertsProcesses.StartAsync(
            new Dictionary<string, string?>
            {
                ["Alerts:Mode"] = "Cluster",
                ["Alerts:SiloAddress"] = "127.0.0.1",
                ["Alerts:Redis"] = redis.ConnectionString,
                ["Alerts:MySql"] = database,
                ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
                ["Alerts:ReminderPeriod"] = period.ToString(),
                ["Alerts:Metrics"] = "true",
            },
            mailsKept: 1);
        ledger.Watch(alerts.Mailbox, limit.Token);
        await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => AddSiloAsync()));
        var gateways = new[] { await alerts.AddGatewayAsync(limit.Token), await alerts.AddGatewayAsync(limit.Token) };
        apis.AddRange(gateways.Select(gateway => gateway.Api));

        var enrolled = Stopwatch.StartNew();
        var users = await population.EnrolAsync(apis, "every_check", limit.Token);
        Console.WriteLine($"{users.Length} users enrolled over two gateways in {enrolled.Elapsed.TotalSeconds:0} s; asked for: every user mailed every {period.TotalSeconds:0} s, {users.Length / period.TotalSeconds:0} mails/s; {Environment.ProcessorCount} processors for everything");
        while (ledger.Mailed < users.Length)
            await Task.Delay(look, limit.Token);
        await Task.Delay(period, limit.Token);

        var watch = new ApiWatch(apis, users);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var watched = watch.RunAsync(watching.Token);
        Console.WriteLine("| fault | seen by the cluster after, s | every user mailed in every round from, s | users left out of a round | rounds they missed, of all | longest gap, s | mails | twice | API: served / 503 / longest, s | shares of the silos in the last round, oldest first |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var left = 0;
        foreach (var (name, fault) in Faults(gateways[1].Process))
        {
            if (chosen is not null && !chosen.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                continue;
            // What remains is for the comparison with the store, which belongs to every run.
            if (Stopwatch.GetElapsedTime(begin) + period * (rounds + 2) + patience / 2 < time)
                await MeasureAsync(name, fault, watch);
            else
                Console.WriteLine($"| {name} | left out: --minutes are over, {++left} so far |");
        }

        await watching.CancelAsync();
        await watched;
        foreach (var (wrong, count) in watch.Wrong)
            Console.WriteLine($"API, not allowed: {count} times {wrong}");

        var lost = await LostAsync(database, users);
        Console.WriteLine($"Notifications that the store intended and nobody was mailed: {lost}");
        return lost == 0 && left == 0 && watch.Wrong.IsEmpty ? 0 : 1;
    }

    /// <summary>Each fault with the time after which the cluster sees it, where it does.</summary>
    IEnumerable<(string Name, Func<Task<TimeSpan?>> Fault)> Faults(ChildProcess gateway) =>
    [
        ("none", () => Task.FromResult<TimeSpan?>(null)),
        ("kill -9 of a silo", () => LoseSiloAsync(silo => silo.KillAsync(limit.Token))),
        ("silo added", AddSiloAndSeeAsync),
        ("stop of a silo (SIGTERM)", () => LoseSiloAsync(silo => silo.StopAsync(limit.Token))),
        ("another silo added", AddSiloAndSeeAsync),
        ("rolling restart of all silos", RollAsync),
        ("redis killed, back after 5 s", async () =>
        {
            await redis.KillAsync(limit.Token);
            await Task.Delay(outage, limit.Token);
            await redis.RestartAsync(limit.Token);
            return null;
        }),
        ("mariadb killed, back after 5 s", async () =>
        {
            await mariaDb.KillAsync(limit.Token);
            await Task.Delay(outage, limit.Token);
            await mariaDb.RestartAsync(limit.Token);
            return null;
        }),
        ("gateway killed (kill -9)", async () =>
        {
            await gateway.KillAsync(limit.Token);
            return null;
        }),
    ];

    async Task MeasureAsync(string name, Func<Task<TimeSpan?>> fault, ApiWatch watch)
    {
        var from = DateTimeOffset.UtcNow;
        var seen = await fault();
        await Task.Delay(period * (rounds - 1), limit.Token);
        var shares = await SharesAsync();
        var to = DateTimeOffset.UtcNow;
        var mails = ledger.Look(from, to, period);
        var (served, refused, longest) = watch.Look(from, to);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {seen?.TotalSeconds:0.0} | {mails.RecoveredAfter.TotalSeconds:0.0} | {mails.LeftOut} | {mails.RoundsMissed} of {population.Count * ((to - from) / period):0} | {mails.LongestGap.TotalSeconds:0.0} | {mails.Mails} | {mails.Twice} | {served} / {refused} / {longest.TotalSeconds:0.0} | {shares} |"));
    }

    /// <summary>Lets a round pass and tells what part of its checks each silo made.</summary>
    async Task<string> SharesAsync()
    {
        var before = await ChecksAsync();
        await Task.Delay(period, limit.Token);
        var made = (await ChecksAsync()).Zip(before, (after, earlier) => after - earlier).ToArray();
        return string.Join(", ", made.Select(checks => string.Create(CultureInfo.InvariantCulture, $"{100.0 * checks / Math.Max(1, made.Sum()):0} %")));
    }

    Task<long[]> ChecksAsync() => Task.WhenAll(silos.Select(async silo =>
        (long)(await SiloMetrics.OfAsync([alerts.AddressOf(silo)], limit.Token)).Checks));

    async Task<TimeSpan?> LoseSiloAsync(Func<ChildProcess, Task> lose)
    {
        var silo = silos[0];
        silos.RemoveAt(0);
        var start = Stopwatch.GetTimestamp();
        await lose(silo);
        return await SeenAsync(start);
    }

    async Task<TimeSpan?> AddSiloAndSeeAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await AddSiloAsync();
        return await SeenAsync(start);
    }

    async Task<TimeSpan?> RollAsync()
    {
        var start = Stopwatch.GetTimestamp();
        for (var silo = 0; silo < Silos; silo++)
        {
            var old = silos[0];
            silos.RemoveAt(0);
            await old.StopAsync(limit.Token);
            await AddSiloAsync();
        }

        return await SeenAsync(start);
    }

    async Task AddSiloAsync()
    {
        var silo = await alerts.AddSiloAsync(limit.Token);
        lock (silos)
            silos.Add(silo);
    }

    /// <summary>Waits until a gateway counts as many active silos as there are, and tells how long after a moment that was.</summary>
    async Task<TimeSpan?> SeenAsync(long start)
    {
        while (await ActiveAsync() != silos.Count)
        {
            if (Stopwatch.GetElapsedTime(start) > patience)
                return null;
            await Task.Delay(look, limit.Token);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    async Task<int> ActiveAsync()
    {
        using var response = await apis[0].GetAsync("/v1/cluster", limit.Token);
        if (!response.IsSuccessStatusCode)
            return -1;
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(limit.Token));
        return document.RootElement.GetProperty("silos").EnumerateArray().Count(silo => silo.GetProperty("status").GetString() == "active");
    }

    /// <summary>What the store says was made last for each user, compared with what came once there was time for it.</summary>
    async Task<int> LostAsync(string database, string[] users)
    {
        var intended = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var connection = new MySqlConnection(database))
        {
            await connection.OpenAsync(limit.Token);
            await using var command = new MySqlCommand("SELECT GrainIdExtensionString, PayloadBinary FROM OrleansStorage WHERE GrainTypeString = 'user' AND PayloadBinary IS NOT NULL", connection);
            await using DbDataReader reader = await command.ExecuteReaderAsync(limit.Token);
            while (await reader.ReadAsync(limit.Token))
            {
                using var document = JsonDocument.Parse((byte[])reader[1]);
                intended[reader.GetString(0)] = document.RootElement.GetProperty("User").GetProperty("LastNotification").GetInt64();
            }
        }

        await Task.Delay(period * 2, limit.Token);
        return Enumerable.Range(0, users.Length).Count(number => ledger.NewestOf(number) < intended.GetValueOrDefault(users[number], long.MaxValue));
    }
}
