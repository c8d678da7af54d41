using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alerts.Cluster.Tests;
using Dapper;
using MySql.Data.MySqlClient;

namespace Alerts.Bench;

/// <summary>
/// Plays docs/operations/runbook.md: two silos and two gateways as processes on Redis and MariaDB with certificates between them, every user
/// mailed in every period, and one step of the runbook after the other. Prints what is expected of each and what was seen.
/// </summary>
sealed class RunbookBenchmark : IAsyncDisposable
{
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait for anything to be seen.</summary>
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    /// <summary>How many mails of a silo can be on the way when it is killed.</summary>
    const int MailsOnTheWay = 8;

    public static readonly Benchmark Listed = new(
        "runbook",
        "plays the runbook on 2 silos and 2 gateways: kill, stop, add, Redis, database, SMTP, quota, keys, certificates, restore; "
            + "[--users 40] [--period 10] [--away 20, seconds of an outage; the runbook's own are 300 and 3600] [--old WORKTREE, built, to upgrade from] [--steps all, or their first words]",
        RunAsync);

    readonly Population population;
    readonly TimeSpan period;
    readonly TimeSpan away;
    readonly string? old;
    readonly string[]? chosen;
    readonly CancellationTokenSource limit = new(TimeSpan.FromHours(6));
    readonly TempFolder folder = new();
    readonly List<ChildProcess> silos = [];
    readonly List<(ChildProcess Process, HttpClient Api)> gateways = [];
    readonly Dictionary<string, string?> settings = new(StringComparer.Ordinal);
    string[] users = [];
    string newKey = AlertsProcesses.ApiKey;
    RedisServer redis = null!;
    MariaDbServer mariaDb = null!;
    AlertsProcesses alerts = null!;
    string database = "";
    int failed;

    RunbookBenchmark(string[] args)
    {
        population = new Population(int.Parse(Arguments.Option(args, "--users", "40"), CultureInfo.InvariantCulture));
        period = TimeSpan.FromSeconds(int.Parse(Arguments.Option(args, "--period", "10"), CultureInfo.InvariantCulture));
        away = TimeSpan.FromSeconds(int.Parse(Arguments.Option(args, "--away", "20"), CultureInfo.InvariantCulture));
        old = Arguments.Option(args, "--old", "") is { Length: > 0 } tree ? Path.GetFullPath(tree) : null;
        chosen = Arguments.Option(args, "--steps", "all") is var steps and not "all" ? steps.Split(',') : null;
    }

    HttpClient Api => gateways[0].Api;

    public async ValueTask DisposeAsync()
    {
        await limit.CancelAsync();
        gateways.ForEach(gateway => gateway.Api.Dispose());
        if (alerts is not null)
            await alerts.DisposeAsync();
        if (mariaDb is not null)
            await mariaDb.DisposeAsync();
        if (redis is not null)
            await redis.DisposeAsync();
        folder.Dispose();
        limit.Dispose();
    }

    static async Task<int> RunAsync(string[] args)
    {
        await using var benchmark = new RunbookBenchmark(args);
        return await benchmark.RunAsync();
    }

    async Task<int> RunAsync()
    {
        redis = await RedisServer.StartAsync(limit.Token);
        mariaDb = await MariaDbServer.StartAsync(limit.Token);
        database = await mariaDb.CreateDatabaseAsync(limit.Token);
        await ShellAsync($"sh '{Path.Combine(RepositoryRoot.FullPath, "deploy", "make-secrets")}'");
        foreach (var (name, value) in new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = redis.ConnectionString,
            ["Alerts:MySql"] = database,
            ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:ReminderPeriod"] = period.ToString(),
            ["Logging:LogLevel:Alerts.Silo.Membership"] = "Information",
        })
            settings[name] = value;
        if (old is null)
            UseCertificates();
        alerts = await AlertsProcesses.StartAsync(settings, mailsKept: 200_000, old);
        for (var i = 0; i < 2; i++)
            await AddSiloAsync();
        for (var i = 0; i < 2; i++)
            gateways.Add(await AddGatewayAsync());
        users = await population.EnrolAsync([.. gateways.Select(gateway => gateway.Api)], "every_check", limit.Token);
        await EveryoneMailedAsync();
        Console.WriteLine($"{users.Length} users, mailed every {period.TotalSeconds:0} s; 2 silos, 2 gateways, Redis, MariaDB; outages of {away.TotalSeconds:0} s");
        Console.WriteLine("| step | expected | seen | all mailed again after, s | mails twice | API: served / 503 / longest, s | as expected |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, expected, step) in Steps())
        {
            if (chosen is null || chosen.Any(word => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                await PlayAsync(name, expected, step);
        }

        Console.WriteLine(failed == 0 ? "Every step went as the runbook says." : $"{failed} steps went otherwise.");
        return failed == 0 ? 0 : 1;
    }

    IEnumerable<(string Name, string Expected, Func<Task<(bool AsExpected, string Seen)>> Step)> Steps()
    {
        if (old is not null)
            yield return ("upgrade from another release, one process at a time", "all processes of this release, nobody left out", UpgradeAsync);
        yield return ("kill a silo (kill -9)", "one silo active within 20 s", () => LoseSiloAsync(silo => silo.KillAsync(limit.Token)));
        yield return ("add a silo", "two silos active", AddAsync);
        yield return ("stop a silo (SIGTERM)", "one silo active, exit code 0", () => LoseSiloAsync(silo => silo.StopAsync(limit.Token)));
        yield return ("add another silo", "two silos active", AddAsync);
        yield return ("Redis away, back with its data", "gateways ready, /v1/cluster and failures never 500, the same two silos", RedisAsync);
        yield return ("Redis back without its data", "\"were registered again\", a third silo joins the same cluster", RedisWithoutDataAsync);
        yield return ("database away", "gateways ready, 503 with Retry-After, then served", DatabaseAsync);
        yield return ("SMTP away", "failures with the server's words, oldestWaitingSince; then none waits", SmtpAsync);
        yield return ("quota gone (429)", "closedUntil; then eBay takes calls", QuotaAsync);
        yield return ("API key changed", "both keys let in, then the old one 401", ApiKeyAsync);
        yield return ("signing key changed", "a link of before stays good", SigningKeyAsync);
        if (old is null)
            yield return ("certificates renewed", "a silo with the new ones joins those with the old", CertificatesAsync);
        yield return ("restore from a backup", "who was erased since stays away, no Message-ID twice", RestoreAsync);
    }

    async Task PlayAsync(string name, string expected, Func<Task<(bool AsExpected, string Seen)>> step)
    {
        var (from, sequence) = (DateTimeOffset.UtcNow, alerts.Mailbox.AcceptedCount);
        var watch = new ApiWatch([.. gateways.Select(gateway => gateway.Api)], users);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        // Gateways are replaced in these steps, and with them the watch's clients.
        var watched = name.Contains("changed", StringComparison.Ordinal) || name.Contains("restore", StringComparison.Ordinal) || name.Contains("upgrade", StringComparison.Ordinal)
            ? Task.CompletedTask : watch.RunAsync(watching.Token);
        bool isWell;
        string seen;
        double mailed = double.NaN;
        try
        {
            (isWell, seen) = await step();
            mailed = (await EveryoneMailedAsync()).TotalSeconds;
        }
        catch (Exception fault) when (fault is TimeoutException or HttpRequestException or InvalidOperationException or JsonException)
        {
            (isWell, seen) = (false, fault.Message);
        }

        await watching.CancelAsync();
        await watched;
        var twice = alerts.Mailbox.Mails.Where(mail => mail.Sequence > sequence).GroupBy(mail => mail.MessageId).Sum(same => same.Count() - 1);
        var (served, refused, longest) = watch.Look(from, DateTimeOffset.UtcNow);
        isWell &= twice <= MailsOnTheWay && watch.Wrong.IsEmpty;
        failed += isWell ? 0 : 1;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {expected} | {seen}{string.Concat(watch.Wrong.Select(wrong => $"; {wrong.Value} times {wrong.Key}"))} | {mailed:0.0} | {twice} | {served} / {refused} / {longest.TotalSeconds:0.0} | {(isWell ? "yes" : "NO")} |"));
    }

    async Task<(bool, string)> LoseSiloAsync(Func<ChildProcess, Task> lose)
    {
        var silo = silos[0];
        silos.RemoveAt(0);
        var start = Stopwatch.GetTimestamp();
        await lose(silo);
        await ActiveAsync(silos.Count);
        var took = Stopwatch.GetElapsedTime(start);
        return (took < TimeSpan.FromSeconds(20), string.Create(CultureInfo.InvariantCulture, $"{silos.Count} active after {took.TotalSeconds:0.0} s, exit code {silo.ExitCode}"));
    }

    async Task<(bool, string)> AddAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await AddSiloAsync();
        await ActiveAsync(silos.Count);
        return (true, string.Create(CultureInfo.InvariantCulture, $"{silos.Count} active after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
    }

    async Task<(bool, string)> RedisAsync()
    {
        await redis.KillAsync(limit.Token);
        await Task.Delay(away, limit.Token);
        var seen = await StatusesAsync("/health/ready", "/v1/cluster", "/v1/mails/failures");
        await redis.RestartAsync(limit.Token);
        await ActiveAsync(silos.Count);
        return (seen is ["200", not "500", not "500"], $"ready {seen[0]}, cluster {seen[1]}, failures {seen[2]}; then {silos.Count} active");
    }

    async Task<(bool, string)> RedisWithoutDataAsync()
    {
        await using (var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},allowAdmin=true"))
            await connection.GetServer(redis.ConnectionString).FlushAllDatabasesAsync();
        var seen = await StatusesAsync("/v1/cluster", "/v1/mails/failures");
        var start = Stopwatch.GetTimestamp();
        await (await Task.WhenAny(silos.Select(silo => silo.SaysAsync("were registered again", limit.Token)))).WaitAsync(patience);
        var took = Stopwatch.GetElapsedTime(start);
        await AddSiloAsync();
        await ActiveAsync(silos.Count);
        return (!seen.Contains("500"), string.Create(CultureInfo.InvariantCulture, $"cluster {seen[0]}, failures {seen[1]}; registered again after {took.TotalSeconds:0.0} s; {silos.Count} active in one cluster"));
    }

    async Task<(bool, string)> DatabaseAsync()
    {
        await mariaDb.KillAsync(limit.Token);
        await Task.Delay(away, limit.Token);
        var ready = (await StatusesAsync("/health/ready"))[0];
        using var answer = await Api.GetAsync("/v1/users", limit.Token);
        await mariaDb.RestartAsync(limit.Token);
        return (ready == "200" && answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null },
            $"ready {ready}, /v1/users {(int)answer.StatusCode} with Retry-After {answer.Headers.RetryAfter}");
    }

    async Task<(bool, string)> SmtpAsync()
    {
        await alerts.Mailbox.CloseSmtpAsync();
        await Task.Delay(away > period * 2 ? away : period * 2, limit.Token);
        var failures = (await JsonAsync("/v1/mails/failures")).GetProperty("items");
        var since = (await JsonAsync("/v1/cluster")).GetProperty("mails").TryGetProperty("oldestWaitingSince", out var oldest) ? oldest.GetString() : null;
        await alerts.Mailbox.OpenSmtpAsync();
        await UntilAsync(async () => !(await JsonAsync("/v1/cluster")).TryGetProperty("mails", out var mails) || !mails.TryGetProperty("oldestWaitingSince", out _));
        return (failures.GetArrayLength() > 0 && since is not null,
            $"{failures.GetArrayLength()} failures, \"{(failures.GetArrayLength() > 0 ? failures[0].GetProperty("reason").GetString() : "")}\", oldest since {since}; then none waits");
    }

    async Task<(bool, string)> QuotaAsync()
    {
        alerts.Marketplace.Faults.Add(new Demo.Marketplace.MarketplaceFault { Kind = Demo.Marketplace.MarketplaceFaultKind.TooManyRequests, RetryAfter = away });
        await UntilAsync(async () => (await JsonAsync("/v1/cluster")).TryGetProperty("quota", out var quota) && quota.TryGetProperty("closedUntil", out _));
        var closed = (await JsonAsync("/v1/cluster")).GetProperty("quota").GetProperty("closedUntil").GetString();
        alerts.Marketplace.Faults.Clear();
        await UntilAsync(async () => (await JsonAsync("/v1/cluster")).TryGetProperty("quota", out var quota) && !quota.TryGetProperty("closedUntil", out _));
        return (true, $"left alone until {closed}; then taken up again");
    }

    async Task<(bool, string)> ApiKeyAsync()
    {
        var (first, second) = (newKey, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        settings["Alerts:ApiKeys:1"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(second)));
        await ReplaceGatewaysAsync();
        var both = (await WithKeyAsync(first), await WithKeyAsync(second));
        (settings["Alerts:ApiKeys:0"], newKey) = (settings["Alerts:ApiKeys:1"], second);
        settings.Remove("Alerts:ApiKeys:1");
        await ReplaceGatewaysAsync();
        var after = (await WithKeyAsync(first), await WithKeyAsync(second));
        return (both == (200, 200) && after == (401, 200), $"both {both.Item1} and {both.Item2}; then {after.Item1} and {after.Item2}");

        async Task<int> WithKeyAsync(string key)
        {
            using var api = new HttpClient { BaseAddress = Api.BaseAddress };
            api.DefaultRequestHeaders.Add("X-Api-Key", key);
            using var answer = await api.GetAsync("/v1/keys", limit.Token);
            return (int)answer.StatusCode;
        }
    }

    async Task<(bool, string)> SigningKeyAsync()
    {
        using var anonymous = new HttpClient { BaseAddress = Api.BaseAddress };
        using var enrolled = await anonymous.PostAsJsonAsync(
            "/v1/users", new { email = $"{Guid.NewGuid():n}@example.org", frequencyMinutes = 1440, searches = new[] { new { phrase = "lamp" } } }, limit.Token);
        var person = await enrolled.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
        settings["Alerts:PreviousSigningKey"] = "signs the links of this test and no other";
        settings["Alerts:SigningKey"] = "signs links after the change, and is long enough";
        await RollSilosAsync();
        await ReplaceGatewaysAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Api.BaseAddress!, $"/v1/users/{person.GetProperty("id").GetString()}"));
        request.Headers.Add("Authorization", $"Bearer {person.GetProperty("manageToken").GetString()}");
        using var answer = await anonymous.SendAsync(request, limit.Token);
        return (answer.IsSuccessStatusCode, $"a token of before is answered {(int)answer.StatusCode}");
    }

    async Task<(bool, string)> CertificatesAsync()
    {
        var before = await File.ReadAllTextAsync(folder["secrets/alerts.crt"], limit.Token);
        await ShellAsync($"sh '{Path.Combine(RepositoryRoot.FullPath, "deploy", "make-secrets")}' renew");
        var isNew = before != await File.ReadAllTextAsync(folder["secrets/alerts.crt"], limit.Token);
        await AddSiloAsync();
        await ActiveAsync(silos.Count);
        return (isNew, $"{silos.Count} active");
    }

    async Task<(bool, string)> RestoreAsync()
    {
        var connection = new MySqlConnectionStringBuilder(database);
        var client = $"--protocol=tcp --host={connection.Server} --port={connection.Port} --user={connection.UserID} --skip-ssl";
        await ShellAsync($"mysqldump {client} --single-transaction --skip-add-locks --no-tablespaces {connection.Database} > alerts.sql");
        using (var erased = await Api.DeleteAsync($"/v1/users/{users[0]}", limit.Token))
            erased.EnsureSuccessStatusCode();
        await using var shared = new MySqlConnection(settings["Alerts:SharedMySql"]);
        await UntilAsync(async () => await shared.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM erasures") > 0);
        foreach (var process in (ChildProcess[])[.. gateways.Select(gateway => gateway.Process), .. silos])
            await process.StopAsync(limit.Token);
        var (count, sequence) = (silos.Count, alerts.Mailbox.AcceptedCount);
        silos.Clear();
        await ShellAsync($"mysql {client} {connection.Database} < alerts.sql");
        var command = alerts.StartSilo(settings, "after-restore");
        await command.WaitForExitAsync(limit.Token);
        var said = command.Said().Trim().Split('\n')[^1];
        for (var i = 0; i < count; i++)
            await AddSiloAsync();
        await ReplaceGatewaysAsync();
        using var gone = await Api.GetAsync($"/v1/users/{users[0]}", limit.Token);
        users = users[1..];
        await EveryoneMailedAsync();
        var known = alerts.Mailbox.Mails.Where(mail => mail.Sequence <= sequence).Select(mail => mail.MessageId).ToHashSet(StringComparer.Ordinal);
        var again = alerts.Mailbox.Mails.Count(mail => mail.Sequence > sequence && known.Contains(mail.MessageId));
        return (command.ExitCode == 0 && gone.StatusCode is HttpStatusCode.NotFound && again == 0, $"{said} The erased one is {(int)gone.StatusCode}; {again} Message-IDs again");
    }

    async Task<(bool, string)> UpgradeAsync()
    {
        alerts.Programs = RepositoryRoot.FullPath;
        await RollSilosAsync();
        await ReplaceGatewaysAsync();
        return (true, $"{silos.Count} silos and {gateways.Count} gateways of this release");
    }

    async Task RollSilosAsync()
    {
        for (var i = silos.Count; i > 0; i--)
        {
            var leaving = silos[0];
            silos.RemoveAt(0);
            await AddSiloAsync();
            await leaving.StopAsync(limit.Token);
        }
    }

    async Task ReplaceGatewaysAsync()
    {
        for (var i = 0; i < gateways.Count; i++)
        {
            var leaving = gateways[i];
            gateways[i] = await AddGatewayAsync();
            await leaving.Process.StopAsync(limit.Token);
            leaving.Api.Dispose();
        }
    }

    async Task AddSiloAsync() => silos.Add(await alerts.AddSiloAsync(limit.Token, settings));

    async Task<(ChildProcess Process, HttpClient Api)> AddGatewayAsync()
    {
        var gateway = await alerts.AddGatewayAsync(limit.Token, settings);
        gateway.Api.DefaultRequestHeaders.Remove("X-Api-Key");
        gateway.Api.DefaultRequestHeaders.Add("X-Api-Key", newKey);
        return gateway;
    }

    void UseCertificates()
    {
        settings["Alerts:Tls:Certificate"] = folder["secrets/alerts.crt"];
        settings["Alerts:Tls:Key"] = folder["secrets/alerts.key"];
        settings["Alerts:Tls:Authority"] = folder["secrets/authority.crt"];
    }

    async Task ShellAsync(string command)
    {
        await using var shell = ChildProcess.Start("sh", ["-c", command], new Dictionary<string, string?> { ["SECRETS_DIRECTORY"] = folder["secrets"] }, folder.FullPath);
        await shell.WaitForExitAsync(limit.Token);
        if (shell.ExitCode != 0)
            throw new InvalidOperationException($"{command}: {shell.Said()}");
    }

    /// <summary>Waits until everybody got a mail from now on, and says how long that took.</summary>
    async Task<TimeSpan> EveryoneMailedAsync()
    {
        var (start, before) = (Stopwatch.GetTimestamp(), alerts.Mailbox.AcceptedCount);
        await UntilAsync(() => Task.FromResult(alerts.Mailbox.Mails.Where(mail => mail.Sequence > before)
            .Select(mail => Population.NumberOf(mail.Recipients[0])).Where(number => number >= 0).Distinct().Count() >= users.Length));
        return Stopwatch.GetElapsedTime(start);
    }

    Task ActiveAsync(int count) => UntilAsync(async () =>
    {
        using var answer = await Api.GetAsync("/v1/cluster", limit.Token);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>(limit.Token))
            .GetProperty("silos").EnumerateArray().Count(silo => silo.GetProperty("status").GetString() == "active") == count;
    });

    async Task<string[]> StatusesAsync(params string[] paths)
    {
        var statuses = new List<string>();
        foreach (var path in paths)
        {
            using var answer = await Api.GetAsync(path, limit.Token);
            statuses.Add(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        }

        return [.. statuses];
    }

    async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await Api.GetAsync(path, limit.Token);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(limit.Token) : JsonSerializer.SerializeToElement(new { });
    }

    async Task UntilAsync(Func<Task<bool>> isSeen)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSeen())
        {
            if (Stopwatch.GetElapsedTime(start) > patience + away)
                throw new TimeoutException("It was not seen in time.");
            await Task.Delay(look, limit.Token);
        }
    }
}
