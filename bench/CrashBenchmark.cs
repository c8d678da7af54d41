using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Alerts.Configuration;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Mail;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;

namespace Alerts.Bench;

/// <summary>
/// kill -9 at each step of the delivery, in seeded rounds: every price falls, the process is killed at a chosen step of a chosen mail and
/// started again. At the end every user's mails are read as a chain of prices: a gap is a loss, a repetition a duplicate, which must be of a mail
/// that was in flight at a kill, and no more are in flight than the process has connections to the mail server. Embedded on SQLite by default; with the argument mariadb in cluster mode on a MariaDB and a Redis of its own.
/// </summary>
sealed class CrashBenchmark : IAsyncDisposable
{
    public const int Phrases = 5;

    const int Users = 20;
    const int FirstPrice = 1_000_000;
    static readonly int connections = new MailOptions().Connections;
    static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    public static readonly Benchmark Listed = new("crash", "kill -9 at each step of the delivery [rounds, default 200] [seed, default 1] [sqlite or mariadb, default sqlite]: losses, and duplicates beside the mails in flight", RunAsync);

    readonly MarketplaceServer marketplace;
    readonly MailboxServer mailbox;
    readonly Random random;
    readonly string folder = Directory.CreateTempSubdirectory("alerts-crash-").FullName;
    readonly List<CrashKill> kills = [];
    readonly DbDataSource alerts;
    readonly IReadOnlyDictionary<string, string> storeSettings;
    long lastSeen;
    Process? node;

    CrashBenchmark(MarketplaceServer marketplace, MailboxServer mailbox, int seed, string? mySql, IReadOnlyDictionary<string, string> storeSettings)
    {
        alerts = mySql is null ? new SqliteDataSource(Path.Combine(folder, "alerts.db")) : new MySqlDataSource(mySql);
        this.storeSettings = storeSettings;
        this.marketplace = marketplace;
        this.mailbox = mailbox;
        random = new Random(seed);
    }

    static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        await using var marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = 100_000_000 }, TimeProvider.System);
        await using var mailbox = await MailboxServer.StartAsync(new MailboxOptions { MaxKeptMails = 1_000_000 }, TimeProvider.System);
        if (args.ElementAtOrDefault(2) is not "mariadb")
        {
            await using var embedded = new CrashBenchmark(marketplace, mailbox, seed, mySql: null, new Dictionary<string, string>());
            return await embedded.RunAsync(rounds, seed);
        }

        await using var servers = new Servers();
        var mySql = await (await servers.MariaDbAsync()).CreateDatabaseAsync(CancellationToken.None);
        await using var cluster = new CrashBenchmark(marketplace, mailbox, seed, mySql, new Dictionary<string, string>
        {
            ["Alerts__Mode"] = nameof(AlertsMode.Cluster),
            ["Alerts__MySql"] = mySql,
            ["Alerts__SharedMySql"] = await (await servers.MariaDbAsync()).CreateDatabaseAsync(CancellationToken.None),
            ["Alerts__Redis"] = (await servers.RedisAsync()).ConnectionString,
            ["Alerts__SiloAddress"] = "127.0.0.1",
            // At the address of its predecessor a silo declares that one dead at once, instead of after the missed probes.
            ["Alerts__SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        });
        return await cluster.RunAsync(rounds, seed);
    }

    async Task<int> RunAsync(int rounds, int seed)
    {
        var watch = Stopwatch.StartNew();
        SetPrices(0);
        await StartNodeAsync();
        await mailbox.WaitForCountAsync(Users, new CancellationTokenSource(patience).Token);
        var steps = Enum.GetValues<CrashStep>();
        for (var round = 1; round <= rounds; round++)
        {
            var step = steps[random.Next(steps.Length)];
            var killed = KillAtAsync(step, occurrence: random.Next(1, step is CrashStep.Search ? Phrases : Users), delay: TimeSpan.FromMilliseconds(random.Next(0, 40)));
            SetPrices(round);
            if (await Task.WhenAny(killed, Task.Delay(patience)) != killed)
                throw new TimeoutException($"Round {round}: the node never came to {step}.");
            await NoteAsync(round, step, at: await killed);
            await StartNodeAsync();
            if (round % 10 == 0)
                Console.WriteLine($"{round,4} rounds in {watch.Elapsed:hh\\:mm\\:ss}, {mailbox.AcceptedCount} mails");
        }

        // Undisturbed, everybody is told the last price.
        var end = new CancellationTokenSource(patience);
        for (var count = 0L; !end.IsCancellationRequested && Chains().Any(chain => chain.Told != PriceOf(rounds)); count = mailbox.AcceptedCount)
            await Task.WhenAny(mailbox.WaitForCountAsync((int)count + 1, end.Token), Task.Delay(TimeSpan.FromSeconds(2)));
        return Report(rounds, seed, watch.Elapsed);
    }

    /// <summary>What the server still takes of a dead process counts as in flight, so its connections must end first.</summary>
    async Task NoteAsync(int round, CrashStep step, DateTimeOffset at)
    {
        using var limit = new CancellationTokenSource(patience);
        while (mailbox.OpenConnections > 0)
            await Task.Delay(5, limit.Token);
        var mails = mailbox.Mails.SkipWhile(mail => mail.Sequence <= lastSeen).ToList();
        kills.Add(await CrashKill.LookAsync(round, step, at, mails, alerts));
        lastSeen = mails.Count == 0 ? lastSeen : mails[^1].Sequence;
    }

    int Report(int rounds, int seed, TimeSpan took)
    {
        var chains = Chains();
        var lost = chains.Sum(chain => chain.Gaps) + chains.Count(chain => chain.Told != PriceOf(rounds));
        var repeated = chains.SelectMany(chain => chain.Repeated).Select(mail => mail.Sequence).ToList();
        Console.WriteLine($"{"killed at",-12} {"kills",6} {"in flight",10} {"most",5} {"told twice",11} {"most",5}");
        foreach (var step in kills.GroupBy(kill => kill.Step).OrderBy(step => step.Key))
        {
            var twice = step.Select(kill => kill.Twice(repeated).Count()).ToList();
            Console.WriteLine($"{step.Key,-12} {step.Count(),6} {step.Sum(kill => kill.InFlight.Count),10} {step.Max(kill => kill.InFlight.Count),5} {twice.Sum(),11} {twice.Max(),5}");
        }

        // How long the log takes for a mail: what it does not have is older than that only where something is wrong.
        var ages = kills.SelectMany(kill => kill.InFlight.Values).Select(age => age.TotalMilliseconds).Order().ToList();
        if (ages.Count > 0)
            Console.WriteLine($"in flight since, ms: median {ages[ages.Count / 2]:0}, 90 % {ages[ages.Count * 9 / 10]:0}, most {ages[^1]:0}");

        var exceeded = kills.Where(kill => kill.InFlight.Count > connections || kill.Twice(repeated).Any(mail => !kill.InFlight.ContainsKey(mail))).ToList();
        foreach (var kill in exceeded)
            Console.WriteLine($"round {kill.Round}, killed at {kill.Step}: {kill.InFlight.Count} in flight, told twice {kill.Twice(repeated).Count()}, of these not in flight {kill.Twice(repeated).Count(mail => !kill.InFlight.ContainsKey(mail))}");
        var undisturbed = repeated.Count(mail => !kills.Exists(kill => kill.Mails.Contains(mail)));
        Console.WriteLine($"seed {seed}: {rounds} kills in {took:hh\\:mm\\:ss}, {Users} users, {mailbox.AcceptedCount} mails: lost {lost}; told twice {repeated.Count}, "
            + $"rounds with more in flight than the {connections} connections, or a mail told twice that was not in flight: {exceeded.Count}; told twice after the last kill {undisturbed}");
        return lost == 0 && exceeded.Count == 0 && undisturbed == 0 ? 0 : 1;
    }

    List<PriceChain> Chains()
    {
        var mails = mailbox.Mails;
        return [.. Enumerable.Range(0, Users).Select(number => PriceChain.Of(mails.Where(mail => mail.Recipients[0] == CrashNode.Address(number))))];
    }

    static int PriceOf(int round) => FirstPrice - round;

    void SetPrices(int round)
    {
        for (var phrase = 0; phrase < Phrases; phrase++)
            marketplace.Script(CrashNode.Phrase(phrase), [new ListingSpec(string.Create(CultureInfo.InvariantCulture, $"1000000000{phrase:00}"), $"Thing {phrase}", PriceOf(round))]);
    }

    /// <summary>When the node was killed: the given time after a step was reached for the given time.</summary>
    Task<DateTimeOffset> KillAtAsync(CrashStep step, int occurrence, TimeSpan delay)
    {
        var killed = new TaskCompletionSource<DateTimeOffset>();
        var seen = 0;
        async Task ReachedAsync(CrashStep reached)
        {
            if (reached != step || Interlocked.Increment(ref seen) != occurrence)
                return;
            mailbox.OnStage = null;
            marketplace.OnSearch = null;
            if (step is CrashStep.Search or CrashStep.AfterReply)
            {
                // The step itself goes on: the kill falls somewhere between the answer and what the node makes of it.
                _ = Task.Run(async () =>
                {
                    await Task.Delay(delay);
                    killed.SetResult(await KillNodeAsync());
                });
                return;
            }

            killed.SetResult(await KillNodeAsync());
        }

        marketplace.OnSearch = _ => ReachedAsync(CrashStep.Search);
        mailbox.OnStage = stage => stage switch
        {
            SmtpStage.Mail => ReachedAsync(CrashStep.BeforeData),
            SmtpStage.Body => ReachedAsync(CrashStep.DuringData),
            SmtpStage.AfterDot => ReachedAsync(CrashStep.AfterDot),
            SmtpStage.Accepted => Task.WhenAll(ReachedAsync(CrashStep.BeforeReply), ReachedAsync(CrashStep.AfterReply)),
            _ => Task.CompletedTask,
        };
        return killed.Task;
    }

    async Task<DateTimeOffset> KillNodeAsync()
    {
        var at = DateTimeOffset.UtcNow;
        node!.Kill();
        await node.WaitForExitAsync();
        node.Dispose();
        return at;
    }

    async Task StartNodeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CrashBenchmark).Assembly.Location, "crash-node", Users.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Settings().Concat(storeSettings))
            start.Environment[name] = value;
        node = Process.Start(start)!;
        var output = node.StandardOutput;
        string? line;
        while ((line = await output.ReadLineAsync()) != CrashNode.Ready)
            if (line is null)
                throw new InvalidOperationException("The node ended before it was ready.");
        _ = output.BaseStream.CopyToAsync(Stream.Null);
    }

    Dictionary<string, string> Settings() => new()
    {
        ["Alerts__DataDirectory"] = folder,
        ["Alerts__ReminderPeriod"] = "00:00:05",
        ["Alerts__Confirmation"] = nameof(ConfirmationMode.Off),
        ["Alerts__SigningKey"] = new string('k', 32),
        ["Alerts__Ebay__BaseUrl"] = marketplace.BaseUrl.ToString(),
        ["Alerts__Ebay__ClientId"] = new MarketplaceOptions().ClientId,
        ["Alerts__Ebay__ClientSecret"] = new MarketplaceOptions().ClientSecret,
        ["Alerts__Ebay__DailyCallBudget"] = "10000000",
        ["Alerts__Email__Host"] = "127.0.0.1",
        ["Alerts__Email__Port"] = mailbox.SmtpPort.ToString(CultureInfo.InvariantCulture),
        ["Alerts__Email__Security"] = "None",
        ["Alerts__Email__From"] = "Alerts <alerts@demo.example>",
        ["Logging__LogLevel__Default"] = "Error",
    };

    public async ValueTask DisposeAsync()
    {
        try
        {
            await KillNodeAsync();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        await alerts.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
