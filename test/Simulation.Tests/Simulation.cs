using System.Globalization;
using System.Net.Http.Json;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Settings;
using Alerts.Testing;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Orleans.Timers;

namespace Alerts.Simulations;

/// <summary>
/// The whole product in this process, between the demo's marketplace and mailbox over real HTTP and SMTP, under one fake clock.
/// A step moves the clock, delivers the ticks its users' reminders would, and ends when all the work they began is done.
/// </summary>
/// <remarks>
/// What happens is drawn from <see cref="Random"/>, whose seed is printed; <c>ALERTS_SEED</c> draws the same again. The users of a step
/// are served side by side, so the seed repeats the events and not how threads interleave.
/// </remarks>
sealed class Simulation : IAsyncDisposable
{
    /// <summary>The environment variable that replaces a test's seeds by one.</summary>
    public const string SeedVariable = "ALERTS_SEED";

    readonly TempFolder folder = new();
    readonly UserWork work = new();
    readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    DemoApp demo = null!;

    Simulation(int seed) => Random = new Random(seed);

    /// <summary>The time of gateway, grains, marketplace and mailbox. Move it by <see cref="StepAsync"/>.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    /// <summary>What every choice of the simulation is drawn from.</summary>
    public Random Random { get; }

    public MarketplaceServer Marketplace => demo.Marketplace;

    public MailboxServer Mailbox => demo.Mailbox;

    public IGrainFactory Grains => demo.Gateway.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The gateway's API, with the administration key.</summary>
    public HttpClient Api { get; private set; } = null!;

    public CancellationToken Cancellation => patience.Token;

    /// <summary>Starts the product.</summary>
    /// <param name="seed">Seed of <see cref="Random"/>, unless the environment names another.</param>
    /// <param name="dailyCalls">Calls a day that the marketplace allows and the product is set to.</param>
    /// <param name="settings">Further settings of the product.</param>
    /// <param name="time">How long the simulation may take, by the system's clock; default five minutes, since a busy machine takes twice its time.</param>
    public static async Task<Simulation> StartAsync(
        int seed, int dailyCalls = 10_000_000, IReadOnlyDictionary<string, string?>? settings = null, TimeSpan? time = null)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var named))
            seed = named;
        TestContext.Current.TestOutputHelper?.WriteLine($"{SeedVariable}={seed} draws the same again.");
        var simulation = new Simulation(seed);
        simulation.patience.CancelAfter(time ?? TimeSpan.FromMinutes(5));
        var log = Environment.GetEnvironmentVariable("ALERTS_TEST_LOG");
        var all = new Dictionary<string, string?>
        {
            ["Alerts:Ebay:DailyCallBudget"] = dailyCalls.ToString(CultureInfo.InvariantCulture),
            // A retry's pause would be on the fake clock, which stands still while a check is under way.
            ["Alerts:Ebay:Retries"] = "0",
            ["Alerts:RateLimits:KeyPerMinute"] = "1000000",
            ["Logging:LogLevel:Default"] = log ?? "None",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        simulation.demo = await DemoApp.StartAsync(
            new DemoOptions
            {
                DataDirectory = simulation.folder.FullPath,
                Settings = all,
                // Only what is scripted is on sale.
                Marketplace = new MarketplaceOptions { DailyCallLimit = dailyCalls, ListingsPerQuery = 0 },
                Mailbox = new MailboxOptions { MaxKeptMails = 1_000_000 },
            },
            builder =>
            {
                if (log is null)
                    builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(simulation.Clock);
                builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
                builder.Services.AddSingleton<IReminderRegistry, SimulatedReminders>();
            },
            simulation.Clock);
        simulation.CallApi();
        return simulation;
    }

    /// <summary>Called, on the grain's own thread, in the instant a user's work ends.</summary>
    public Action? OnWorkEnd
    {
        get => work.OnEnd;
        set => work.OnEnd = value;
    }

    /// <summary>Enrols a user and waits for the first check and mail to end.</summary>
    public Task EnrolAsync(string id, UserSettings settings) => EnrolAsync([(id, settings)]);

    /// <summary>Enrols many users side by side and waits for their first checks and mails to end.</summary>
    public async Task EnrolAsync(IEnumerable<(string Id, UserSettings Settings)> users)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancellation };
        await Parallel.ForEachAsync(users, parallel, async (user, _) => await Grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(user.Settings.Email)).EnrolAsync(user.Id, user.Settings));
        await work.IdleAsync(Cancellation);
    }

    /// <summary>Moves the clock, delivers these users' ticks side by side and waits until all they began has ended.</summary>
    public async Task StepAsync(TimeSpan time, IReadOnlyCollection<string> users)
    {
        await TickAsync(time, users);
        await work.IdleAsync(Cancellation);
    }

    /// <summary>The same without waiting for the end of the work.</summary>
    public async Task TickAsync(TimeSpan time, IReadOnlyCollection<string> users)
    {
        Clock.Advance(time);
        var now = Clock.GetUtcNow().UtcDateTime;
        var status = new TickStatus(now, AlertsOptions.StandardReminderPeriod, now);
        await Task.WhenAll(users.Select(user => Grains.GetGrain<IUserGrain>(user).ReceiveReminder("check", status, Cancellation)));
    }

    /// <summary>How often the work of one user ended.</summary>
    public long WorkDone(string user) => work.Of(user).Value;

    /// <summary>Waits until the work of one user ended so often.</summary>
    public Task WorkDoneAsync(string user, long times) => work.Of(user).WaitForAsync(times, Cancellation);

    /// <summary>Ends the product's process, whatever is under way, and starts it again on its files; the outside world stays.</summary>
    public async Task RestartAsync()
    {
        await demo.RestartGatewayAsync();
        CallApi();
        await work.IdleAsync(Cancellation);
    }

    /// <summary>A request that must succeed.</summary>
    public async Task CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Api.SendAsync(request, Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}");
        await work.IdleAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (demo is not null)
            await demo.DisposeAsync();
        work.Dispose();
        patience.Dispose();
        folder.Dispose();
    }

    void CallApi()
    {
        Api?.Dispose();
        Api = new HttpClient { BaseAddress = demo.Address };
        Api.DefaultRequestHeaders.Add("X-Api-Key", DemoOptions.ApiKey);
    }
}
