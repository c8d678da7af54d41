using System.Diagnostics;
using System.Globalization;
using Alerts.Cluster.Tests;
using MySql.Data.MySqlClient;

namespace Alerts.Bench;

/// <summary>
/// The product as processes: silos and a gateway on Redis and MariaDB, all on this machine, beside marketplace and mailbox in this
/// process. For each number of silos, users are enrolled in a burst and then driven by their own reminders: every user mailed at
/// every check, and the common case, nothing changed. What is asked is users per period; what is served is counted.
/// </summary>
sealed class ClusterBenchmark : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    public static readonly Benchmark Listed = new(
        "cluster",
        "silo processes on Redis and MariaDB, users served, CPU, calls, writes, memory, bytes between processes; " +
        "[--silos 1,2,3] [--users 2000] [--period 10] [--rounds 3] [--warm] [--programs WORKTREE]",
        RunAsync);

    readonly Servers servers = new();
    readonly Population population;
    readonly TimeSpan period;
    readonly int rounds;
    readonly bool warm;
    readonly string programs;

    ClusterBenchmark(string[] args)
    {
        population = new Population(int.Parse(Arguments.Option(args, "--users", "2000"), CultureInfo.InvariantCulture));
        period = TimeSpan.FromSeconds(int.Parse(Arguments.Option(args, "--period", "10"), CultureInfo.InvariantCulture));
        warm = args.Contains("--warm");
        programs = Arguments.Option(args, "--programs", RepositoryRoot.FullPath);
        rounds = int.Parse(Arguments.Option(args, "--rounds", "3"), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync() => await servers.DisposeAsync();

    static async Task<int> RunAsync(string[] args)
    {
        await using var benchmark = new ClusterBenchmark(args);
        Console.WriteLine($"{benchmark.population.Count} users, 1 to 3 of {Population.Phrases} phrases each, asked for every {benchmark.period.TotalSeconds:0} s, {benchmark.rounds} periods measured; {Environment.ProcessorCount} processors for everything, load generator and sinks too");
        Console.WriteLine("| silos | case | asked, users/s | served, users/s | users per 2 min at that rate | users left out | silo CPU s per 1,000 users | database CPU s per 1,000 | eBay calls a round | database writes per user and round | peak MB of all silos | silo + database CPU s per 1,000 | messages sent by silos a user | KB sent by silos a user |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var silos in Arguments.Option(args, "--silos", "1,2,3").Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture)))
            await benchmark.MeasureAsync(silos);
        Console.WriteLine("| first service, 2 workers | every user mailed | all at once | 102 | 12,200 | 9 of 10,000, and 9 twice | 14.6 | 0.9 | one a user and phrase | | 200 | 15.5 | | |");
        return 0;
    }

    async Task MeasureAsync(int count)
    {
        using var limit = new CancellationTokenSource(patience);
        var mariaDb = await servers.MariaDbAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:ClusterId"] = $"bench-{count}",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = (await servers.RedisAsync()).ConnectionString,
            ["Alerts:MySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:ReminderPeriod"] = period.ToString(),
            ["Alerts:Metrics"] = "true",
        };
        await using var alerts = await AlertsProcesses.StartAsync(settings, mailsKept: 1, programs);
        var ledger = new MailLedger(population.Count);
        ledger.Watch(alerts.Mailbox, limit.Token);
        var silos = new List<ChildProcess>();
        for (var silo = 0; silo < count; silo++)
            silos.Add(await alerts.AddSiloAsync(limit.Token));
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;

        var enrolled = Stopwatch.StartNew();
        var ids = await population.EnrolAsync([api], "every_check", limit.Token);
        Console.Error.WriteLine($"{count} silos: {population.Count / enrolled.Elapsed.TotalSeconds:0} enrolments a second over HTTP");
        while (ledger.Mailed < population.Count)
            await Task.Delay(period / 10, limit.Token);
        await Task.Delay(period, limit.Token);

        if (warm)
            await WarmAsync(alerts, silos, limit.Token);
        await RowAsync("every user mailed", alerts, silos, ledger, settings["Alerts:MySql"]!, limit.Token);
        await population.ChangeNotifyAsync(api, ids, "changes", limit.Token);
        await Task.Delay(period * 2, limit.Token);
        await RowAsync("nothing changed", alerts, silos, null, settings["Alerts:MySql"]!, limit.Token);
        await limit.CancelAsync();
    }

    /// <param name="ledger">Who is mailed; null where nobody is, and the silos' own count of checks is what was served.</param>
    async Task RowAsync(string name, AlertsProcesses alerts, List<ChildProcess> silos, MailLedger? ledger, string database, CancellationToken cancellationToken)
    {
        var before = await SampleAsync(alerts, silos, database, cancellationToken);
        await Task.Delay(period * rounds, cancellationToken);
        var after = await SampleAsync(alerts, silos, database, cancellationToken);
        var seconds = (after.At - before.At).TotalSeconds;
        var mails = ledger?.Look(before.At, after.At, period);
        double served = mails?.Mails ?? after.Silos.Checks - before.Silos.Checks;
        var (silo, data) = (PerThousand(after.SiloCpu - before.SiloCpu, served), PerThousand(after.DatabaseCpu - before.DatabaseCpu, served));
        var sent = (after.Silos.Sent - before.Silos.Sent) / served;
        var kilobytes = (after.Silos.BytesSent - before.Silos.BytesSent) / served / 1024;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {silos.Count} | {name} | {population.Count / period.TotalSeconds:N0} | {served / seconds:N0} | {served / seconds * 120:N0} | {mails?.LeftOut.ToString(CultureInfo.InvariantCulture) ?? "not counted"} | {silo:0.00} | {data:0.00} | {(after.Calls - before.Calls) / (seconds / period.TotalSeconds):N0} | {(after.Writes - before.Writes) / served:0.00} | {silos.Sum(PeakOf)} | {silo + data:0.00} | {sent:0.0} | {kilobytes:0.0} |"));
    }

    /// <summary>Waits until the silos compile next to nothing any more, three minutes at most.</summary>
    async Task WarmAsync(AlertsProcesses alerts, List<ChildProcess> silos, CancellationToken cancellationToken)
    {
        const int FewMethods = 20;
        var begin = Stopwatch.StartNew();
        for (double before = 0, now = double.MaxValue; now - before > FewMethods * silos.Count && begin.Elapsed < TimeSpan.FromMinutes(3);)
        {
            before = (await SiloMetrics.OfAsync(silos.Select(alerts.AddressOf), cancellationToken)).Compiled;
            await Task.Delay(period, cancellationToken);
            now = (await SiloMetrics.OfAsync(silos.Select(alerts.AddressOf), cancellationToken)).Compiled;
            Console.Error.WriteLine($"{silos.Count} silos: {now - before:0} methods compiled in a period");
        }
    }

    static double PerThousand(TimeSpan cpu, double served) => cpu.TotalSeconds * 1000 / served;

    async Task<Sample> SampleAsync(AlertsProcesses alerts, List<ChildProcess> silos, string database, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(
            "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN ('COM_INSERT', 'COM_UPDATE', 'COM_DELETE', 'COM_REPLACE')", connection);
        var writes = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return new Sample(
            DateTimeOffset.UtcNow,
            await SiloMetrics.OfAsync(silos.Select(alerts.AddressOf), cancellationToken),
            alerts.Marketplace.SearchCalls.Value,
            writes,
            silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + CpuOf(silo.Id)),
            CpuOf((await servers.MariaDbAsync()).ProcessId));
    }

    /// <summary>The most memory a process had resident, in MB.</summary>
    static long PeakOf(ChildProcess process) =>
        long.Parse(File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    static TimeSpan CpuOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    sealed record Sample(DateTimeOffset At, SiloMetrics Silos, long Calls, long Writes, TimeSpan SiloCpu, TimeSpan DatabaseCpu);
}
