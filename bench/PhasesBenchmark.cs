using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Alerts.Cluster.Tests;

namespace Alerts.Bench;

/// <summary>
/// How users lie in the two-minute window after a burst of enrolments over HTTP, and after any half of them is deleted: by the dispatchers of
/// two silo processes, as <c>/v1/cluster</c> tells it.
/// </summary>
static class PhasesBenchmark
{
    const int Callers = 64;
    const int Seed = 20261126;

    static readonly TimeSpan look = TimeSpan.FromSeconds(5);

    public static readonly Benchmark Listed = new("phases", "users over the seconds of the window, after a burst of enrolments and after deleting half; [--users 20000] [--minutes 8]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var users = int.Parse(Arguments.Option(args, "--users", "20000"), CultureInfo.InvariantCulture);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(int.Parse(Arguments.Option(args, "--minutes", "8"), CultureInfo.InvariantCulture)));
        await using var servers = new Servers();
        var mariaDb = await servers.MariaDbAsync();
        await using var alerts = await AlertsProcesses.StartAsync(
            new Dictionary<string, string?>
            {
                ["Alerts:Mode"] = "Cluster",
                ["Alerts:ClusterId"] = "bench-phases",
                ["Alerts:SiloAddress"] = "127.0.0.1",
                ["Alerts:Redis"] = (await servers.RedisAsync()).ConnectionString,
                ["Alerts:MySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
                ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            },
            mailsKept: 0);
        await Task.WhenAll(alerts.AddSiloAsync(limit.Token), alerts.AddSiloAsync(limit.Token));
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;

        var start = Stopwatch.GetTimestamp();
        var ids = new string[users];
        await ForEachAsync(users, async number =>
        {
            // Nothing but their seconds is of interest: they are checked once and then not for a day.
            using var response = await api.PostAsJsonAsync(
                "/v1/users",
                new { email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"), frequencyMinutes = 1440, searches = new[] { new { phrase = "thing" } } },
                limit.Token);
            response.EnsureSuccessStatusCode();
            ids[number] = response.Headers.Location!.OriginalString.Split('/')[^1];
        }, limit.Token);
        Console.WriteLine("| after | s | users | mean a second | fullest second | of the mean |");
        Console.WriteLine("|---|---|---|---|---|---|");
        await ReportAsync("a burst of enrolments", start, api, limit.Token);

        start = Stopwatch.GetTimestamp();
        new Random(Seed).Shuffle(ids);
        await ForEachAsync(users / 2, async number =>
        {
            using var response = await api.DeleteAsync($"/v1/users/{ids[number]}", limit.Token);
            response.EnsureSuccessStatusCode();
        }, limit.Token);
        var (left, ratio) = await ReportAsync("deleting half of them", start, api, limit.Token);
        // A user leaves the table once its goodbye mail is sent.
        while (left > users - users / 2 || ratio > 1.2)
        {
            await Task.Delay(look, limit.Token);
            (left, ratio) = await ReportAsync("waiting", start, api, limit.Token);
        }

        return 0;
    }

    static Task ForEachAsync(int count, Func<int, Task> act, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, (number, _) => new ValueTask(act(number)));

    static async Task<(int Users, double Ratio)> ReportAsync(string after, long start, HttpClient api, CancellationToken cancellationToken)
    {
        var cluster = await api.GetFromJsonAsync<JsonElement>("/v1/cluster", cancellationToken);
        var shards = cluster.GetProperty("shards").EnumerateArray()
            .Select(shard => shard.GetProperty("usersPerSecond").EnumerateArray().Select(second => second.GetInt32()).ToArray()).ToArray();
        var perSecond = Enumerable.Range(0, shards[0].Length).Select(second => shards.Sum(shard => shard[second])).ToArray();
        var (mean, fullest) = (perSecond.Average(), perSecond.Max());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {after} | {Stopwatch.GetElapsedTime(start).TotalSeconds:0} | {perSecond.Sum():N0} | {mean:0.0} | {fullest} | {fullest / mean:0.00} |"));
        return (perSecond.Sum(), fullest / mean);
    }
}
