using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Alerts.Cluster.Tests;
using Alerts.Testing;
using MySql.Data.MySqlClient;

namespace Alerts.Bench;

/// <summary>
/// The product as processes: silos and a gateway on Redis and MariaDB, all on this machine, beside marketplace and mailbox in this
/// process. For each number of silos, users are enrolled in a burst and then driven by their own reminders: every user mailed at
/// every check, and the common case, nothing changed. What is asked is users per period; what is served is counted.
/// </summary>
sealed class ClusterBenchmark : IAsyncDisposable
{
    const int Phrases = 2_000;
    const int Seed = 20261123;
    const int Callers = 32;
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    public static readonly Benchmark Listed = new(
        "cluster",
        "silo processes on Redis and MariaDB, users served, CPU, calls, writes, memory; [--silos 1,2,3] [--users 2000] [--period 10] [--rounds 3]",
        RunAsync);

    readonly Servers servers = new();
    readonly int users;
    readonly TimeSpan period;
    readonly int rounds;

    ClusterBenchmark(string[] args)
    {
        users = int.Parse(Option(args, "--users", "2000"), CultureInfo.InvariantCulture);
        period = TimeSpan.FromSeconds(int.Parse(Option(args, "--period", "10"), CultureInfo.InvariantCulture));
        rounds = int.Parse(Option(args, "--rounds", "3"), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync() => await servers.DisposeAsync();

    static async Task<int> RunAsync(string[] args)
    {
        await using var benchmark = new ClusterBenchmark(args);
        Console.WriteLine($"{benchmark.users} users, 1 to 3 of {Phrases} phrases each, asked for every {benchmark.period.TotalSeconds:0} s, {benchmark.rounds} periods measured; {Environment.ProcessorCount} processors for everything");
        Console.WriteLine("| silos | case | asked, users/s | served, users/s | users per 2 min at that rate | users without a mail | silo CPU s per 1,000 users | database CPU s per 1,000 | eBay calls | database statements that write, per user | peak MB of a silo |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var silos in Option(args, "--silos", "1,2,3").Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)))
            await benchmark.MeasureAsync(silos);
        Console.WriteLine("| first service, 2 workers | every user mailed | all at once | 102 | 12,200 | 9 of 10,000, and 9 twice | 14.6 | 0.9 | one a user and phrase | | 200 in all |");
        return 0;
    }

    async Task MeasureAsync(int silos)
    {
        using var limit = new CancellationTokenSource(patience);
        var mariaDb = await servers.MariaDbAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:ClusterId"] = $"bench-{silos}",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = (await servers.RedisAsync()).ConnectionString,
            ["Alerts:MySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:ReminderPeriod"] = period.ToString(),
        };
        await using var alerts = await AlertsProcesses.StartAsync(settings, mailsKept: users * (rounds + 4));
        var started = new List<ChildProcess>();
        for (var silo = 0; silo < silos; silo++)
            started.Add(await alerts.AddSiloAsync(limit.Token));
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;

        var enrolled = Stopwatch.StartNew();
        var ids = await EnrolAsync(api, limit.Token);
        var burst = users / enrolled.Elapsed.TotalSeconds;
        await alerts.Mailbox.WaitForCountAsync(users, limit.Token);
        Console.Error.WriteLine($"{silos} silos: {burst:0} enrolments a second over HTTP, all mailed {users / enrolled.Elapsed.TotalSeconds:0} users a second from the first enrolment on");

        await RowAsync(silos, "every user mailed", alerts, started, settings["Alerts:MySql"]!, countsMails: true, limit.Token);
        await Parallel.ForEachAsync(ids, Side(limit.Token), async (id, cancellation) =>
        {
            using var patch = JsonContent.Create(new { notify = "changes" }, mediaType: new("application/merge-patch+json"));
            using var response = await api.PatchAsync($"/v1/users/{id}", patch, cancellation);
            response.EnsureSuccessStatusCode();
        });
        await Task.Delay(period, limit.Token);
        await RowAsync(silos, "nothing changed", alerts, started, settings["Alerts:MySql"]!, countsMails: false, limit.Token);
    }

    async Task RowAsync(int silos, string name, AlertsProcesses alerts, List<ChildProcess> started, string database, bool countsMails, CancellationToken cancellationToken)
    {
        var before = await SampleAsync(alerts, started, database, cancellationToken);
        await Task.Delay(period * rounds, cancellationToken);
        var after = await SampleAsync(alerts, started, database, cancellationToken);
        var seconds = (after.At - before.At).TotalSeconds;
        // Quiet checks leave nothing to count outside the silos: they are taken as asked, which the flow benchmark checks.
        var served = countsMails ? after.Mails - before.Mails : users * seconds / period.TotalSeconds;
        var mailed = alerts.Mailbox.Mails.Where(mail => mail.Sequence > before.Mails && mail.Sequence <= after.Mails).Select(mail => mail.Recipients[0]).Distinct().Count();
        var peak = started.Max(silo => long.Parse(File.ReadLines($"/proc/{silo.Id}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {silos} | {name} | {users / period.TotalSeconds:N0} | {(countsMails ? $"{served / seconds:N0}" : "not counted")} | {(countsMails ? $"{served / seconds * 120:N0}" : "")} | {(countsMails ? users - mailed : "")} | {(after.SiloCpu - before.SiloCpu).TotalSeconds * 1000 / served:0.00} | {(after.DatabaseCpu - before.DatabaseCpu).TotalSeconds * 1000 / served:0.00} | {after.Calls - before.Calls:N0} | {(after.Writes - before.Writes) / served:0.00} | {peak} |"));
    }

    async Task<string[]> EnrolAsync(HttpClient api, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var zipf = new Zipf(Phrases, random);
        var settings = Enumerable.Range(0, users).Select(number => new
        {
            email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"),
            frequencyMinutes = 2,
            notify = "every_check",
            searches = Enumerable.Range(0, random.Next(1, 4)).Select(_ => zipf.Next()).Distinct().Select(phrase => new { phrase = string.Create(CultureInfo.InvariantCulture, $"thing {phrase}") }).ToArray(),
        }).ToArray();
        var ids = new string[users];
        await Parallel.ForAsync(0, users, Side(cancellationToken), async (number, cancellation) =>
        {
            using var response = await api.PostAsJsonAsync("/v1/users", settings[number], cancellation);
            response.EnsureSuccessStatusCode();
            ids[number] = response.Headers.Location!.OriginalString.Split('/')[^1];
        });
        return ids;
    }

    async Task<Sample> SampleAsync(AlertsProcesses alerts, List<ChildProcess> silos, string database, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(
            "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN ('COM_INSERT', 'COM_UPDATE', 'COM_DELETE', 'COM_REPLACE')", connection);
        var writes = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return new Sample(
            DateTimeOffset.UtcNow,
            alerts.Mailbox.AcceptedCount,
            alerts.Marketplace.SearchCalls.Value,
            writes,
            silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + CpuOf(silo.Id)),
            CpuOf((await servers.MariaDbAsync()).ProcessId));
    }

    static TimeSpan CpuOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    static ParallelOptions Side(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken };

    static string Option(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

    sealed record Sample(DateTimeOffset At, long Mails, long Calls, long Writes, TimeSpan SiloCpu, TimeSpan DatabaseCpu);
}
