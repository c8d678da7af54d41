using System.Diagnostics;
using System.Globalization;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;

namespace Alerts.Bench;

/// <summary>
/// kill -9 at each step of the delivery, in seeded rounds: every price falls, the process is killed at a chosen step of a chosen mail and
/// started again. At the end every user's mails are read as a chain of prices: a gap is a loss, a repetition a duplicate. Embedded on SQLite
/// by default; on MariaDB with Redis when the settings of a cluster are in the environment (Alerts__Mode=Cluster and so on).
/// </summary>
sealed class CrashBenchmark : IAsyncDisposable
{
    public const int Phrases = 5;

    const int Users = 20;
    const int FirstPrice = 1_000_000;
    static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    public static readonly Benchmark Listed = new("crash", "kill -9 at each step of the delivery [rounds, default 200] [seed, default 1]: losses and duplicates", RunAsync);

    readonly MarketplaceServer marketplace;
    readonly MailboxServer mailbox;
    readonly Random random;
    readonly string folder = Directory.CreateTempSubdirectory("alerts-crash-").FullName;
    readonly Dictionary<CrashStep, int> kills = [];
    Process? node;

    CrashBenchmark(MarketplaceServer marketplace, MailboxServer mailbox, int seed)
    {
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
        await using var crash = new CrashBenchmark(marketplace, mailbox, seed);
        return await crash.RunAsync(rounds, seed);
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
            await killed;
            kills[step] = kills.GetValueOrDefault(step) + 1;
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

    int Report(int rounds, int seed, TimeSpan took)
    {
        var chains = Chains();
        var lost = chains.Sum(chain => chain.Gaps) + chains.Count(chain => chain.Told != PriceOf(rounds));
        Console.WriteLine($"seed {seed}: {rounds} kills in {took:hh\\:mm\\:ss}: {string.Join(", ", kills.Select(kill => $"{kill.Key} {kill.Value}"))}");
        Console.WriteLine($"{Users} users, {mailbox.AcceptedCount} mails; lost {lost}; told twice {chains.Sum(chain => chain.Repetitions)}, of these under the same Message-ID {chains.Sum(chain => chain.SameId)}");
        return lost == 0 ? 0 : 1;
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

    /// <summary>Completes when the node was killed, the given time after a step was reached for the given time.</summary>
    Task KillAtAsync(CrashStep step, int occurrence, TimeSpan delay)
    {
        var killed = new TaskCompletionSource();
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
                    await KillNodeAsync();
                    killed.SetResult();
                });
                return;
            }

            await KillNodeAsync();
            killed.SetResult();
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

    async Task KillNodeAsync()
    {
        node!.Kill();
        await node.WaitForExitAsync();
        node.Dispose();
    }

    async Task StartNodeAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["crash-node", Users.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Settings())
            start.Environment.TryAdd(name, value);
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

        Directory.Delete(folder, recursive: true);
    }
}
