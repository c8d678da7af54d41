using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>
/// The product as its own processes, as a deployment runs them, between a marketplace and a mailbox in this one. Processes are
/// started from what was built beside the caller, and killed when disposed.
/// </summary>
public sealed class AlertsProcesses : IAsyncDisposable
{
    /// <summary>The administration key of the gateways.</summary>
    public const string ApiKey = "key-of-the-tests";

    readonly TempFolder folder = new();
    readonly Dictionary<string, string?> environment;
    readonly List<ChildProcess> processes = [];
    readonly ConcurrentDictionary<ChildProcess, Uri> addresses = new();

    AlertsProcesses(MarketplaceServer marketplace, MailboxServer mailbox, IEnumerable<KeyValuePair<string, string?>> settings, string programs)
    {
        Programs = programs;
        Marketplace = marketplace;
        Mailbox = mailbox;
        environment = new()
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["Alerts__DataDirectory"] = folder["data"],
            ["Alerts__SigningKey"] = "signs the links of this test and no other",
            ["Alerts__Confirmation"] = "Off",
            ["Alerts__ApiKeys__0"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ApiKey))),
            ["Alerts__RateLimits__KeyPerMinute"] = "10000000",
            ["Alerts__Ebay__BaseUrl"] = marketplace.BaseUrl.ToString(),
            ["Alerts__Ebay__ClientId"] = new MarketplaceOptions().ClientId,
            ["Alerts__Ebay__ClientSecret"] = new MarketplaceOptions().ClientSecret,
            ["Alerts__Ebay__DailyCallBudget"] = "10000000",
            ["Alerts__Email__Host"] = "127.0.0.1",
            ["Alerts__Email__Port"] = mailbox.SmtpPort.ToString(CultureInfo.InvariantCulture),
            ["Alerts__Email__Security"] = "None",
            ["Alerts__Email__From"] = "alerts@example.org",
        };
        foreach (var (name, value) in settings)
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
    }

    /// <summary>The work tree whose programs are started from now on.</summary>
    public string Programs { get; set; }

    /// <summary>What the processes search.</summary>
    public MarketplaceServer Marketplace { get; }

    /// <summary>Where they mail to.</summary>
    public MailboxServer Mailbox { get; }

    /// <summary>Starts marketplace and mailbox, no process yet.</summary>
    /// <param name="settings">Settings of every process, such as <c>Alerts:Mode</c>.</param>
    /// <param name="mailsKept">Mails the mailbox keeps to be looked at.</param>
    /// <param name="programs">The work tree whose programs are started; null for the caller's.</param>
    public static async Task<AlertsProcesses> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> settings, int mailsKept = 5_000, string? programs = null) => new(
        await MarketplaceServer.StartAsync(
            new MarketplaceOptions { ListingsPerQuery = 20, DailyCallLimit = 10_000_000, PriceChangePeriod = TimeSpan.FromDays(365) }, TimeProvider.System),
        await MailboxServer.StartAsync(new MailboxOptions { MaxKeptMails = mailsKept, MaxConnections = 1_000 }, TimeProvider.System),
        settings,
        programs ?? RepositoryRoot.FullPath);

    /// <summary>Where a process answers HTTP.</summary>
    public Uri AddressOf(ChildProcess process) => addresses[process];

    /// <summary>Starts a silo and waits until it takes calls. Settings of its own go before those of every process.</summary>
    public Task<ChildProcess> AddSiloAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? settings = null) =>
        AddAsync("src/Silo", "Alerts.Silo", settings, cancellationToken);

    /// <summary>Starts a silo that is not expected to take calls.</summary>
    public ChildProcess StartSilo(IReadOnlyDictionary<string, string?>? settings = null, params string[] arguments) =>
        Start("src/Silo", "Alerts.Silo", settings, arguments);

    /// <summary>Starts a gateway that is not expected to take requests.</summary>
    public ChildProcess StartGateway(IReadOnlyDictionary<string, string?>? settings = null) => Start("src/Gateway", "Alerts.Gateway", settings);

    /// <summary>Starts a gateway and waits until it takes requests.</summary>
    public async Task<(ChildProcess Process, HttpClient Api)> AddGatewayAsync(
        CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var gateway = await AddAsync("src/Gateway", "Alerts.Gateway", settings, cancellationToken);
        var api = new HttpClient { BaseAddress = AddressOf(gateway) };
        api.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        return (gateway, api);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(processes.Select(process => process.DisposeAsync().AsTask()));
        await Mailbox.DisposeAsync();
        await Marketplace.DisposeAsync();
        folder.Dispose();
    }

    async Task<ChildProcess> AddAsync(
        string project, string assembly, IReadOnlyDictionary<string, string?>? settings, CancellationToken cancellationToken)
    {
        const string Listening = "Now listening on: ";
        var process = Start(project, assembly, settings);
        var line = await process.SaysAsync(Listening, cancellationToken);
        addresses[process] = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
        await process.SaysAsync("Application started", cancellationToken);
        return process;
    }

    /// <summary>Starts the program of the same build as the caller: bin/configuration/framework.</summary>
    ChildProcess Start(string project, string assembly, IReadOnlyDictionary<string, string?>? settings, params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Programs, project, "bin", output.Parent!.Name, output.Name, $"{assembly}.dll");
        var all = new Dictionary<string, string?>(environment);
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = ChildProcess.Start("dotnet", [program, .. arguments], all, folder.FullPath);
        lock (processes)
            processes.Add(process);
        return process;
    }
}
