using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Mail;
using Alerts.Mail.Compose;
using Alerts.Outbox;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Silo;
using Alerts.Silo.Databases;
using Alerts.State;
using Alerts.State.Notifications;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Orleans.Storage;

namespace Alerts.Bench;

/// <summary>
/// Mails of 20 listings a second through the whole path (render, state write, send, log) beside a bare loop that sends ready-made mails of the
/// same content over as many connections to the same mailbox, all in one process.
/// </summary>
static class MailBenchmark
{
    const int Connections = 8;
    const int Callers = 64;
    const int Rounds = 5;

    public static readonly Benchmark Listed = new("mails", "mails per second through the whole path beside a bare loop [mails a round, default 5000]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        try
        {
            await using var demo = await DemoApp.StartAsync(new DemoOptions
            {
                DataDirectory = folder,
                Mailbox = new MailboxOptions { MaxKeptMails = 0 },
                Settings = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning", ["Alerts:Email:Connections"] = "8" },
            });
            var services = demo.Gateway.Services;
            var composer = services.GetRequiredService<MailComposer>();
            using var ready = await composer.ComposeAsync(Recipient(0), Notification(0, 0));
            var size = Size(ready);
            var ratios = new List<double>();
            Console.WriteLine($"{count:N0} mails of {size:N0} bytes a round, {Connections} connections");
            Console.WriteLine("CPU is the process's, the mailbox included");
            Console.WriteLine($"{"round",5} {"bare/s",10} {"CPU µs",8} {"whole/s",10} {"CPU µs",8} {"ratio",7} {"compose µs",11}");
            for (var round = 0; round <= Rounds; round++)
            {
                var compose = await TimeAsync(count, number => composer.ComposeAsync(Recipient(number), Notification(number, round)));
                var (bare, bareCpu) = await MeasureAsync(count, () => BareAsync(demo.Mailbox.SmtpPort, ready, count));
                var (whole, wholeCpu) = await MeasureAsync(count, () => WholeAsync(services, round, count));
                if (round == 0)
                    continue; // warm-up
                ratios.Add(whole / bare);
                Console.WriteLine($"{round,5} {bare,10:N0} {bareCpu,8:0} {whole,10:N0} {wholeCpu,8:0} {whole / bare,7:0.00} {compose.TotalMicroseconds / count,11:0}");
            }

            Console.WriteLine($"median ratio {ratios.Order().ElementAt(ratios.Count / 2):0.00}");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The rate of sending, and the CPU time of a mail in microseconds.</summary>
    static async Task<(double Rate, double CpuMicroseconds)> MeasureAsync(int count, Func<Task<double>> sendAsync)
    {
        var before = Environment.CpuUsage.TotalTime;
        var rate = await sendAsync();
        return (rate, (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
    }

    static async Task<TimeSpan> TimeAsync(int count, Func<int, Task<MimeMessage>> composeAsync)
    {
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < count; number++)
            (await composeAsync(number)).Dispose();
        return watch.Elapsed;
    }

    static async Task<double> BareAsync(int port, MimeMessage ready, int count)
    {
        var clients = new List<SmtpClient>();
        for (var number = 0; number < Connections; number++)
        {
            clients.Add(new SmtpClient());
            // As the service does: with Nagle's algorithm the loop would measure delayed acknowledgements.
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            await clients[^1].ConnectAsync(socket, "127.0.0.1", port, SecureSocketOptions.None);
        }

        var raw = new MemoryStream();
        await ready.WriteToAsync(raw);
        var messages = clients.Select(_ => MimeMessage.Load(new MemoryStream(raw.ToArray()))).ToList();
        var left = count;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select((client, number) => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await client.SendAsync(messages[number]);
        })));
        var rate = count / watch.Elapsed.TotalSeconds;
        foreach (var client in clients)
            await client.DisconnectAsync(true);
        return rate;
    }

    static async Task<double> WholeAsync(IServiceProvider services, int round, int count)
    {
        var storage = services.GetRequiredKeyedService<IGrainStorage>(StorageHosting.Storage);
        var sender = services.GetRequiredService<MailSender>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, cancellation) =>
        {
            var recipient = Recipient(number);
            var entry = new OutboxEntry { Notification = Notification(number, round) };
            var user = new UserState { Settings = recipient.Settings, Version = 1, CreatedAt = default, Phase = default, NextDue = default, Outbox = entry };
            var state = new GrainState<UserRecord>(new UserRecord { User = user });
            await storage.WriteStateAsync("mails", GrainId.Create("user", string.Create(CultureInfo.InvariantCulture, $"{recipient.UserId}.{round}")), state);
            if (await sender.SendAsync(recipient, entry, () => true, cancellation) is not DeliveryResult.Accepted)
                throw new InvalidOperationException("The mailbox did not take a mail.");
        });
        return count / watch.Elapsed.TotalSeconds;
    }

    static long Size(MimeMessage mail)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        mail.WriteTo(measure);
        return measure.Length;
    }

    static MailRecipient Recipient(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"u-{number:x32}"),
        new UserSettings
        {
            Email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"),
            FrequencyMinutes = 2,
            Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" }],
        },
        TokenGeneration: 0);

    internal static Notification Notification(int number, int round) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"u-{number:x32}.{round}"),
        Kind = NotificationKind.EveryCheck,
        CreatedAt = DateTimeOffset.UtcNow,
        Sections =
        [
            new()
            {
                SearchId = "s-00000001",
                Phrase = "iphone 13",
                Marketplace = "EBAY_US",
                FetchedAt = DateTimeOffset.UtcNow,
                Total = 124,
                Items = [.. Enumerable.Range(1, 20).Select(Item)],
            },
        ],
    };

    static NewsItem Item(int number) => new()
    {
        Kind = NewsKind.Listed,
        Listing = new Listing
        {
            ItemId = string.Create(CultureInfo.InvariantCulture, $"v1|{110588332200 + number}|0"),
            ListingNumber = 110588332200 + number,
            Title = string.Create(CultureInfo.InvariantCulture, $"Apple iPhone 13 128GB Unlocked Very Good Condition #{number}"),
            Price = new Money(150 + number, "USD"),
            SellerPrice = new Money(150 + number, "USD"),
            Condition = "Very Good - Refurbished",
            BuyingOptions = ["FIXED_PRICE"],
            Url = string.Create(CultureInfo.InvariantCulture, $"https://www.ebay.com/itm/{110588332200 + number}?_skw=iphone+13&hash=item19bf9a2b1c:g:AbCdEfGhIjKlMnOp"),
            ImageUrl = "https://i.ebayimg.com/thumbs/images/g/AbCdEfGhIjKlMnOp/s-l225.jpg",
            Shipping = new Money(0, "USD"),
        },
    };
}
