using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Alerts.Cluster.Tests;
using Alerts.Users;
using MySql.Data.MySqlClient;

namespace Alerts.Bench;

/// <summary>
/// Many reminders on MariaDB: how long a silo takes to start beside them, and what reading the ring's arcs costs, as every silo does at each
/// change of the cluster and every five minutes: with this product's table and with the one Orleans' script makes, which has no index on the hash.
/// </summary>
static class ReminderBenchmark
{
    const int Seed = 20261125;

    /// <summary>Arcs of the ring that a silo reads when it is one of several: Orleans' virtual buckets.</summary>
    const int ArcsOfSilo = 30;

    const int RowsPerInsert = 1_000;

    /// <summary>The table and the range queries of Orleans' MySQL-Reminders.sql, version 10.4.2, under another name.</summary>
    const string StockTable = """
        CREATE TABLE StockReminders (
          ServiceId NVARCHAR(150) NOT NULL, GrainId VARCHAR(150) NOT NULL, ReminderName NVARCHAR(150) NOT NULL,
          StartTime DATETIME NOT NULL, Period BIGINT NOT NULL, GrainHash INT NOT NULL, Version INT NOT NULL,
          CONSTRAINT PK_StockReminders PRIMARY KEY (ServiceId, GrainId, ReminderName))
        """;

    const string StockRange = "SELECT GrainId, ReminderName, StartTime, Period, Version FROM StockReminders WHERE ServiceId = @ServiceId AND @ServiceId IS NOT NULL AND GrainHash > @BeginHash AND @BeginHash IS NOT NULL AND GrainHash <= @EndHash AND @EndHash IS NOT NULL";

    const string StockWrapping = "SELECT GrainId, ReminderName, StartTime, Period, Version FROM StockReminders WHERE ServiceId = @ServiceId AND @ServiceId IS NOT NULL AND ((GrainHash > @BeginHash AND @BeginHash IS NOT NULL) OR (GrainHash <= @EndHash AND @EndHash IS NOT NULL))";

    public static readonly Benchmark Listed = new("reminders", "many reminders on MariaDB: start of a silo, rows read and time of a refresh, EXPLAIN, beside the stock table [reminders, default 100000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        await using var servers = new Servers();
        var mariaDb = await servers.MariaDbAsync();
        var database = await mariaDb.CreateDatabaseAsync(limit.Token);
        await using var alerts = await AlertsProcesses.StartAsync(
            new Dictionary<string, string?>
            {
                ["Alerts:Mode"] = "Cluster",
                ["Alerts:ClusterId"] = "bench-reminders",
                ["Alerts:SiloAddress"] = "127.0.0.1",
                ["Alerts:Redis"] = (await servers.RedisAsync()).ConnectionString,
                ["Alerts:MySql"] = database,
                ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            },
            mailsKept: 0);
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(limit.Token);

        var empty = await StartAsync(alerts, limit.Token);
        await FillAsync(connection, count, limit.Token);
        Console.WriteLine($"{count:N0} reminders, period two minutes, none due during the run; {Environment.ProcessorCount} processors");
        Console.WriteLine($"start of the only silo, no reminders (schema applied): {empty.Elapsed.TotalSeconds:0.0} s");
        var full = await StartAsync(alerts, limit.Token, connection, count);
        Console.WriteLine($"start of the only silo, {count:N0} reminders:      {full.Elapsed.TotalSeconds:0.0} s to take calls, {full.Loaded.TotalSeconds:0.0} s until all are read ({full.Rows:N0} rows), {full.PeakMb} MB at most");

        Console.WriteLine();
        Console.WriteLine("| table | read | queries | rows returned | rows read by the server | ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var own = (Range: await QueryAsync(connection, "ReadRangeRows1Key", limit.Token), Wrapping: await QueryAsync(connection, "ReadRangeRows2Key", limit.Token));
        var arcs = Arcs();
        foreach (var (name, range, wrapping) in ((string, string, string)[])[("this product's", own.Range, own.Wrapping), ("Orleans' script", StockRange, StockWrapping)])
        {
            await ReadAsync(connection, name, "the whole ring, one silo", range, wrapping, [(0, 0)], limit.Token);
            await ReadAsync(connection, name, $"the {ArcsOfSilo} arcs of one silo of three", range, wrapping, [.. arcs.Where((_, index) => index % 3 == 0)], limit.Token);
            await ReadAsync(connection, name, "all arcs, a refresh of three silos", range, wrapping, arcs, limit.Token);
        }

        Console.WriteLine();
        foreach (var (name, sql, arc) in ((string, string, (int, int))[])
            [("own range", own.Range, arcs[1]), ("own range that wraps", own.Wrapping, (1 << 30, -(1 << 30))), ("stock range", StockRange, arcs[1]), ("stock range that wraps", StockWrapping, (1 << 30, -(1 << 30)))])
            await ExplainAsync(connection, name, sql, arc, limit.Token);
        return 0;
    }

    /// <summary>Starts a silo, waits until it has read as many rows as there are reminders, and stops it.</summary>
    static async Task<(TimeSpan Elapsed, TimeSpan Loaded, long Rows, long PeakMb)> StartAsync(AlertsProcesses alerts, CancellationToken cancellationToken, MySqlConnection? connection = null, int reminders = 0)
    {
        var before = connection is null ? 0 : await RowsReadAsync(connection, cancellationToken);
        var start = Stopwatch.StartNew();
        var silo = await alerts.AddSiloAsync(cancellationToken);
        var elapsed = start.Elapsed;
        var rows = 0L;
        while (connection is not null && (rows = await RowsReadAsync(connection, cancellationToken) - before) < reminders)
            await Task.Delay(20, cancellationToken);
        var loaded = start.Elapsed;
        var peak = long.Parse(File.ReadLines($"/proc/{silo.Id}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        await silo.StopAsync(cancellationToken);
        return (elapsed, loaded, rows, peak);
    }

    static async Task FillAsync(MySqlConnection connection, int count, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, StockTable, cancellationToken);
        var start = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        foreach (var some in Enumerable.Range(0, count).Select(_ => GrainId.Create("user", UserId.New())).Chunk(RowsPerInsert))
        {
            var rows = string.Join(',', some.Select(grain => $"('alerts','{grain}','check',{unchecked((int)grain.GetUniformHashCode())},'{start}',120000,1)"));
            foreach (var table in (string[])["OrleansRemindersTable", "StockReminders"])
                await ExecuteAsync(connection, $"INSERT INTO {table} (ServiceId, GrainId, ReminderName, GrainHash, StartTime, Period, Version) VALUES {rows}", cancellationToken);
        }

        await ExecuteAsync(connection, "ANALYZE TABLE OrleansRemindersTable, StockReminders", cancellationToken);
    }

    /// <summary>The ring cut at random places into the arcs of three silos, the last one around its end.</summary>
    static (int Begin, int End)[] Arcs()
    {
        var random = new Random(Seed);
        var cuts = Enumerable.Range(0, 3 * ArcsOfSilo).Select(_ => random.Next(int.MinValue, int.MaxValue)).Order().ToArray();
        return [.. cuts.Zip([.. cuts[1..], cuts[0]])];
    }

    static async Task ReadAsync(MySqlConnection connection, string table, string read, string range, string wrapping, (int Begin, int End)[] arcs, CancellationToken cancellationToken)
    {
        var before = await RowsReadAsync(connection, cancellationToken);
        var start = Stopwatch.StartNew();
        var returned = 0;
        foreach (var (begin, end) in arcs)
        {
            await using var command = Command(connection, begin >= end ? wrapping : range, (begin, end));
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                returned++;
        }

        var elapsed = start.Elapsed;
        var rows = await RowsReadAsync(connection, cancellationToken) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {table} | {read} | {arcs.Length} | {returned:N0} | {rows:N0} | {elapsed.TotalMilliseconds:N0} |"));
    }

    static async Task ExplainAsync(MySqlConnection connection, string name, string sql, (int, int) arc, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"EXPLAIN {sql}", arc);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            Console.WriteLine($"EXPLAIN {name}: {string.Join(", ", Enumerable.Range(0, reader.FieldCount).Where(field => !reader.IsDBNull(field)).Select(field => $"{reader.GetName(field)} {reader.GetValue(field)}"))}");
    }

    static MySqlCommand Command(MySqlConnection connection, string sql, (int Begin, int End) arc)
    {
        var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("ServiceId", "alerts");
        command.Parameters.AddWithValue("BeginHash", arc.Begin);
        command.Parameters.AddWithValue("EndHash", arc.End);
        return command;
    }

    static async Task<string> QueryAsync(MySqlConnection connection, string key, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key", connection);
        command.Parameters.AddWithValue("key", key);
        return ((string)(await command.ExecuteScalarAsync(cancellationToken))!).Trim().TrimEnd(';');
    }

    /// <summary>Rows that the whole server has read from indexes and tables since its start.</summary>
    static async Task<long> RowsReadAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN ('HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT', 'HANDLER_READ_FIRST', 'HANDLER_READ_KEY')", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
