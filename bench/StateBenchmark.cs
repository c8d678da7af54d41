using System.Diagnostics;
using System.Globalization;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Silo;
using Alerts.Silo.Databases;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Orleans.Storage;

namespace Alerts.Bench;

/// <summary>What the write of a user's row costs silo and server, on MariaDB: one by one as JSON, against groups of compact rows, taking turns.</summary>
static class StateBenchmark
{
    public static readonly Benchmark Listed = new(
        "states", "a user's row written one by one as JSON, and compact in groups [--writers 64] [--writes 4000] [--rounds 5]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var writers = int.Parse(Arguments.Option(args, "--writers", "64"), CultureInfo.InvariantCulture);
        var writes = int.Parse(Arguments.Option(args, "--writes", "4000"), CultureInfo.InvariantCulture);
        var rounds = int.Parse(Arguments.Option(args, "--rounds", "5"), CultureInfo.InvariantCulture);
        await using var servers = new Servers();
        using var json = await SiloAsync(servers, compact: false);
        using var compact = await SiloAsync(servers, compact: true);
        var server = (await servers.MariaDbAsync()).ProcessId;
        (string Name, IGrainStorage Storage)[] ways =
        [
            ("JSON, one by one", json.Services.GetRequiredKeyedService<IGrainStorage>(StorageHosting.RowByRow)),
            ("JSON, groups", json.Services.GetRequiredKeyedService<IGrainStorage>(StorageHosting.Storage)),
            ("compact, one by one", compact.Services.GetRequiredKeyedService<IGrainStorage>(StorageHosting.RowByRow)),
            ("compact, groups", compact.Services.GetRequiredKeyedService<IGrainStorage>(StorageHosting.Storage)),
        ];
        Console.WriteLine($"{writers} writers, {writes} writes a round, rows of {Row(json).Length:N0} bytes as JSON and {Row(compact).Length:N0} compact");
        Console.WriteLine("| way | round | writes/s | silo CPU ms a write | server CPU ms a write |");
        Console.WriteLine("|---|---|---|---|---|");
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, storage) in ways)
            {
                var (watch, own, theirs) = (Stopwatch.StartNew(), CpuOf(Environment.ProcessId), CpuOf(server));
                await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(storage, $"u-{name}-{round}-{writer}", writes / writers))));
                // The first round warms up.
                if (round > 0)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {round} | {writes / watch.Elapsed.TotalSeconds:N0} | {(CpuOf(Environment.ProcessId) - own).TotalMilliseconds / writes:0.000} | {(CpuOf(server) - theirs).TotalMilliseconds / writes:0.000} |"));
            }
        }

        return 0;
    }

    static async Task WriteAsync(IGrainStorage storage, string user, int writes)
    {
        var state = new GrainState<UserRecord>(new UserRecord { User = User });
        for (var write = 0; write < writes; write++)
            await storage.WriteStateAsync("user", GrainId.Create("user", user), state);
    }

    static BinaryData Row(IHost silo) => silo.Services.GetRequiredService<IGrainStorageSerializer>().Serialize(new UserRecord { User = User });

    static async Task<IHost> SiloAsync(Servers servers, bool compact)
    {
        var server = await servers.MariaDbAsync();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Alerts:Database"] = "MySql",
            ["Alerts:MySql"] = await server.CreateDatabaseAsync(CancellationToken.None),
            ["Alerts:SharedMySql"] = await server.CreateDatabaseAsync(CancellationToken.None),
            ["Alerts:Storage:CompactState"] = compact.ToString(),
            ["Alerts:SigningKey"] = "signs no link that anybody follows",
            ["Alerts:Ebay:BaseUrl"] = "http://127.0.0.1:9",
            ["Alerts:Ebay:ClientId"] = "unused",
            ["Alerts:Ebay:ClientSecret"] = "unused",
            ["Alerts:Email:Host"] = "127.0.0.1",
            ["Alerts:Email:From"] = "alerts@example.org",
        });
        builder.AddAlertsSilo();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    static TimeSpan CpuOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    /// <summary>Two phrases, a hundred listings seen by each, and a mail of twenty.</summary>
    static UserState User { get; } = new()
    {
        Settings = new UserSettings
        {
            Email = "ann@example.org",
            FrequencyMinutes = 2,
            Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" }, new SearchSettings { Id = "s-00000002", Phrase = "rtx a5000" }],
        },
        Version = 1,
        CreatedAt = Noon,
        Phase = Noon,
        NextDue = Noon,
        Searches = [Memory("s-00000001"), Memory("s-00000002")],
        Outbox = new OutboxEntry { Notification = MailBenchmark.Notification(1, 1) },
    };

    static DateTimeOffset Noon => new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    static SearchMemory Memory(string id)
    {
        var random = new Random(id[^1]);
        return new()
        {
            SearchId = id,
            Query = "EBAY_US?q=iphone%2013&sort=price",
            Seen = [.. Enumerable.Range(0, 100).Select(_ => random.NextInt64(110_000_000_000, 400_000_000_000)).Order().Select(number => new SeenListing
            {
                Number = number,
                Reference = new Money(random.Next(5_000, 90_000) / 100m, "USD"),
                ReferenceSince = Noon.AddMinutes(-2 * random.Next(0, 500)),
                NotifiedAt = Noon,
                Likeness = (uint)random.NextInt64(uint.MaxValue),
            })],
        };
    }
}
