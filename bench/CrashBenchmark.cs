using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Receivers;
using Alerts.Mail;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;

namespace Alerts.Bench;

/// <summary>
/// kill -9 at each step of the delivery, in seeded rounds: every price falls, the process is killed at a chosen step of a chosen mail or message
/// and started again. Each user has a channel of every kind beside mail. At the end what each of them got is read as a chain of prices: a gap is
/// a loss, a repetition a duplicate, which must be of what was in flight at a kill, and no more mails are in flight than the process has
/// connections to the mail server. Embedded on SQLite by default; with the argument mariadb in cluster mode on a MariaDB and a Redis of its own.
/// </summary>
sealed partial class CrashBenchmark : IAsyncDisposable
{
    public const int Phrases = 5;

    const int Users = 20;
    const int FirstPrice = 1_000_000;
    static readonly int connections = new MailOptions().Connections;
    static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    public static readonly Benchmark Listed = new("crash", "kill -9 at each step of the delivery [rounds, default 200] [seed, default 1] [sqlite or mariadb, default sqlite]: losses by mail and each channel, and duplicates beside what was in flight", RunAsync);

    readonly MarketplaceServer marketplace;
    readonly MailboxServer mailbox;
    readonly ReceiversServer receivers;
    readonly CrashLedger ledger;
    readonly Random random;
    readonly string folder = Directory.CreateTempSubdirectory("alerts-crash-").FullName;
    readonly List<CrashKill> kills = [];
    readonly DbDataSource alerts;
    readonly IReadOnlyDictionary<string, string> storeSettings;
    Process? node;

    CrashBenchmark(
        MarketplaceServer marketplace, MailboxServer mailbox, ReceiversServer receivers, int seed, string? mySql, IReadOnlyDictionary<string, string> storeSettings)
    {
        alerts = mySql is null ? new SqliteDataSource(Path.Combine(folder, "alerts.db")) : new MySqlDataSource(mySql);
        this.storeSettings = storeSettings;
        this.marketplace = marketplace;
        this.mailbox = mailbox;
        this.receivers = receivers;
        ledger = new CrashLedger(mailbox, receivers);
        random = new Random(seed);
    }

    static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
        await using var marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = 100_000_000 }, TimeProvider.System);
        await using var mailbox = await MailboxServer.StartAsync(new MailboxOptions { MaxKeptMails = 1_000_000 }, TimeProvider.System);
        await using var receivers = await ReceiversServer.StartAsync(0, TimeProvider.System, maxKept: 1_000_000);
        if (args.ElementAtOrDefault(2) is not "mariadb")
        {
            await using var embedded = new CrashBenchmark(marketplace, mailbox, receivers, seed, mySql: null, new Dictionary<string, string>());
            return await embedded.RunAsync(rounds, seed);
        }

        await using var servers = new Servers();
        var mySql = await (await servers.MariaDbAsync()).CreateDatabaseAsync(CancellationToken.None);
        await using var cluster = new CrashBenchmark(marketplace, mailbox, receivers, seed, mySql, new Dictionary<string, string>
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
        // Ctrl-C ends it after this round, with the report of those that were made.
        var isEnough = false;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = isEnough = true);
        for (var round = 1; round <= rounds; round++)
        {
            if (isEnough)
            {
                rounds = round - 1;
                break;
            }

            var step = steps[random.Next(steps.Length)];
            var killed = KillAtAsync(step, occurrence: random.Next(1, OccurrencesOf(step)), delay: TimeSpan.FromMilliseconds(random.Next(0, 40)));
            SetPrices(round);
            if (await Task.WhenAny(killed, Task.Delay(patience)) != killed)
                throw new TimeoutException($"Round {round}: the node never came to {step}.");
            await NoteAsync(round, step, at: await killed);
            await StartNodeAsync();
            if (round % 10 == 0)
                Console.WriteLine($"{round,4} rounds in {watch.Elapsed:hh\\:mm\\:ss}, {mailbox.AcceptedCount} mails, {receivers.Messages.Count} messages");
        }

        // Undisturbed, everybody is told the last price everywhere.
        var undisturbed = Stopwatch.StartNew();
        for (ledger.TakeNew(); undisturbed.Elapsed < patience && !IsAllTold(rounds); ledger.TakeNew())
            await Task.Delay(TimeSpan.FromSeconds(1));
        return Report(rounds, seed, watch.Elapsed);
    }

    /// <summary>What the server still takes of a dead process counts as in flight, so its connections must end first.</summary>
    async Task NoteAsync(int round, CrashStep step, DateTimeOffset at)
    {
        using var limit = new CancellationTokenSource(patience);
        while (mailbox.OpenConnections > 0 || receivers.OpenConnections > 0)
            await Task.Delay(5, limit.Token);
        kills.Add(await CrashKill.LookAsync(round, step, at, ledger.TakeNew(), alerts));
    }

    int Report(int rounds, int seed, TimeSpan took)
    {
        Console.WriteLine($"{"killed at",-12} {"kills",6} {"in flight",10} {"most",5}");
        foreach (var step in kills.GroupBy(kill => kill.Step).OrderBy(step => step.Key))
            Console.WriteLine($"{step.Key,-12} {step.Count(),6} {step.Sum(kill => kill.InFlight.Count),10} {step.Max(kill => kill.InFlight.Count),5}");

        // How long the log takes: what it does not have is older than that only where something is wrong.
        var ages = kills.SelectMany(kill => kill.InFlight.Select(one => (kill.At - one.At).TotalMilliseconds)).Order().ToList();
        if (ages.Count > 0)
            Console.WriteLine($"in flight since, ms: median {ages[ages.Count / 2]:0}, 90 % {ages[ages.Count * 9 / 10]:0}, most {ages[^1]:0}");

        Console.WriteLine();
        Console.WriteLine($"{"told by",-12} {"told",6} {"lost",5} {"in flight",10} {"most",5} {"told twice",11} {"of these not in flight",23}");
        var (lost, wrong) = (0, 0);
        foreach (var place in CrashLedger.Places)
        {
            var chains = ChainsOf(place);
            var repeated = chains.SelectMany(chain => chain.Repeated).ToHashSet();
            var inFlight = kills.ConvertAll(kill => kill.InFlight.Count(one => one.To == place));
            var lostHere = chains.Sum(chain => chain.Gaps) + chains.Count(chain => chain.Told != PriceOf(rounds));
            var wrongHere = repeated.Except(kills.SelectMany(kill => kill.InFlight)).Count();
            Console.WriteLine(
                $"{place,-12} {ledger.CountOf(place),6} {lostHere,5} {inFlight.Sum(),10} {inFlight.Max(),5} {repeated.Count,11} {wrongHere,23}");
            (lost, wrong) = (lost + lostHere, wrong + wrongHere);
        }

        var exceeded = kills.Count(kill => kill.InFlight.Count(one => one.To == CrashLedger.Mail) > connections);
        Console.WriteLine($"seed {seed}: {rounds} kills in {took:hh\\:mm\\:ss}, {Users} users, {ledger.Count} mails and messages: lost {lost}; told twice that were "
            + $"not in flight {wrong}; rounds with more mails in flight than the {connections} connections {exceeded}");
        return lost == 0 && wrong == 0 && exceeded == 0 ? 0 : 1;
    }

    bool IsAllTold(int rounds) => CrashLedger.Places.All(place => ChainsOf(place).TrueForAll(chain => chain.Told == PriceOf(rounds)));

    List<PriceChain> ChainsOf(string place) => [.. Enumerable.Range(0, Users).Select(number => ledger.ChainOf(place, number, FirstPrice))];

    /// <summary>How often a step is reached in a round at least.</summary>
    static int OccurrencesOf(CrashStep step) => step switch
    {
        CrashStep.Search => Phrases,
        CrashStep.BeforeTaken or CrashStep.Taken or CrashStep.Answered => Users * Enum.GetValues<ReceiverKind>().Length,
        _ => Users,
    };

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
            receivers.OnStage = null;
            if (step is CrashStep.Search or CrashStep.AfterReply or CrashStep.Answered)
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
        receivers.OnStage = stage => ReachedAsync(stage switch
        {
            ReceiverStage.Come => CrashStep.BeforeTaken,
            ReceiverStage.Taken => CrashStep.Taken,
            _ => CrashStep.Answered,
        });
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
        var start = new ProcessStartInfo("dotnet", [typeof(CrashBenchmark).Assembly.Location, "crash-node", Users.ToString(CultureInfo.InvariantCulture), receivers.BaseUrl.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Settings().Concat(storeSettings))
            start.Environment[name] = value;
        var isFirst = node is null;
        node = Process.Start(start)!;
        var output = node.StandardOutput;
        using var ready = new CancellationTokenSource();
        if (isFirst)
            _ = PassQuestionsOnAsync(node.StandardInput, ready.Token);
        while (await output.ReadLineAsync() is var line && line != CrashNode.Ready)
        {
            if (line is null)
                throw new InvalidOperationException("The node ended before it was ready.");
            if (line.Split(' ') is [CrashNode.Channel, var kind, var user, var id])
                ledger.Learn(kind, int.Parse(user, CultureInfo.InvariantCulture), id);
        }

        await ready.CancelAsync();
        _ = output.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Somebody reads each channel, and agrees when it is asked.</summary>
    async Task PassQuestionsOnAsync(StreamWriter to, CancellationToken cancellationToken)
    {
        var passed = new HashSet<string>();
        while (true)
        {
            var question = await receivers.WaitForAsync(message => Token().Match(message.Body) is { Success: true } link && passed.Add(link.Value), cancellationToken);
            await to.WriteLineAsync(Token().Match(question.Body).Groups[1].Value.AsMemory(), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }

    [GeneratedRegex(@"/channels/([\w.-]+)")]
    private static partial Regex Token();

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
        ["Alerts__Channels__AllowLoopback"] = "true",
        ["Alerts__Channels__TelegramUrl"] = receivers.BaseUrl.ToString(),
        ["Alerts__Channels__TelegramToken"] = ReceiversServer.BotToken,
        ["Alerts__Channels__TelegramName"] = ReceiversServer.BotName,
        ["Alerts__Channels__WebPushKey"] = DemoOptions.WebPushKey,
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
