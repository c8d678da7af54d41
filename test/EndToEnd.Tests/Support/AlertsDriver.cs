using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Faults;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Alerts.EndToEnd.Support;

/// <summary>
/// The product in one process between the demo's marketplace and mailbox, driven as its users drive it: over HTTP and by mail.
/// Time is one fake clock; a tick is the call the reminder makes, at the moment it would make it.
/// </summary>
sealed class AlertsDriver : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <summary>Work of each user's grain that is over, from the product's own traces.</summary>
    readonly ConcurrentDictionary<string, AwaitableCounter> workDone = new();

    readonly ActivityListener traces;
    readonly string folder;
    readonly CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    DemoApp demo = null!;

    AlertsDriver(string folder)
    {
        this.folder = folder;
        traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem(Telemetry.UserTag) is string user)
                    WorkOf(user).Increment();
            },
        };
        ActivitySource.AddActivityListener(traces);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public HttpClient Api { get; private set; } = null!;

    public MarketplaceServer Marketplace => demo.Marketplace;

    public MailboxServer Mailbox => demo.Mailbox;

    public CancellationToken Cancellation => timeout.Token;

    public static async Task<AlertsDriver> StartAsync(string? samples = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var driver = new AlertsDriver(Directory.CreateTempSubdirectory("alerts-").FullName);
        driver.timeout.CancelAfter(patience * 2);
        await driver.StartDemoAsync(samples, settings);
        return driver;
    }

    /// <summary>Stops the product and starts it again on the same files; marketplace and mailbox start anew.</summary>
    public async Task RestartAsync()
    {
        Api.Dispose();
        await demo.DisposeAsync();
        await StartDemoAsync(samples: null);
    }

    /// <summary>From now on no grain can change what is stored of it; all else goes on.</summary>
    public Task RefuseChangesAsync() => ExecuteAsync("CREATE TRIGGER refuse BEFORE UPDATE ON OrleansStorage BEGIN SELECT RAISE(ABORT, 'refused'); END");

    /// <summary>The end of <see cref="RefuseChangesAsync"/>.</summary>
    public Task AcceptChangesAsync() => ExecuteAsync("DROP TRIGGER refuse");

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "alerts.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    async Task StartDemoAsync(string? samples, IReadOnlyDictionary<string, string?>? settings = null)
    {
        demo = await DemoApp.StartAsync(
            new DemoOptions
            {
                DataDirectory = folder,
                Marketplace = new MarketplaceOptions { SamplesDirectory = samples },
                // A retry's pause is on the fake clock, which stands still while a check is under way.
                Settings = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
                {
                    ["Alerts:Ebay:Retries"] = "0",
                    ["Logging:LogLevel:Default"] = Environment.GetEnvironmentVariable("ALERTS_TEST_LOG") ?? "Error",
                },
            },
            UseClock,
            Clock);
        Api = new HttpClient { BaseAddress = demo.Address, Timeout = patience };
        Api.DefaultRequestHeaders.Add("X-Api-Key", DemoOptions.ApiKey);
    }

    AwaitableCounter WorkOf(string userId) => workDone.GetOrAdd(userId, _ => new AwaitableCounter());

    void UseClock(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    }

    /// <summary>Enrols a user, waits for the first check to end, and returns the id.</summary>
    public async Task<string> EnrolAsync(object settings)
    {
        using var response = await Api.PostAsJsonAsync("/v1/users", settings, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, body);
        var id = JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
        await WorkOf(id).WaitForAsync(1, Cancellation);
        return id;
    }

    /// <summary>Enrols somebody who hears of any drop at once.</summary>
    public Task<string> EnrolAsync(string email, params string[] phrases) =>
        EnrolAsync(new { email, frequencyMinutes = 2, minutesBetweenMails = 0, searches = phrases.Select(phrase => new { phrase, rules = new { dropPercent = 0, minimumChange = 0.01m, rearmPercent = 0 } }) });

    /// <summary>A longer test says how long it may take, on the system's clock.</summary>
    public void AllowTime(TimeSpan time) => timeout.CancelAfter(time);

    /// <summary>Enrols users past the gateway, which would limit their rate, and waits for their first checks to end; returns the ids.</summary>
    public async Task<IReadOnlyList<string>> EnrolManyAsync(int count, string phrase)
    {
        var grains = demo.Gateway.Services.GetRequiredService<IGrainFactory>();
        var users = Enumerable.Range(1, count).Select(number => (Id: UserId.New(), Email: $"user{number}@example.org")).ToList();
        await Parallel.ForEachAsync(users, Cancellation, async (user, _) => await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(user.Email)).EnrolAsync(
            user.Id, new UserSettings { Email = user.Email, FrequencyMinutes = 2, Searches = [new SearchSettings { Id = "s-00000001", Phrase = phrase }] }));
        await Task.WhenAll(users.Select(user => WorkOf(user.Id).WaitForAsync(1, Cancellation)));
        return [.. users.Select(user => user.Id)];
    }

    /// <summary>Moves the clock one period on, delivers every user's tick and waits for what they started to end.</summary>
    public async Task TickAllAsync(IReadOnlyList<string> users)
    {
        var done = users.Select(user => WorkOf(user).Value).ToList();
        Clock.Advance(AlertsOptions.StandardReminderPeriod);
        var grains = demo.Gateway.Services.GetRequiredService<IGrainFactory>();
        var now = Clock.GetUtcNow().UtcDateTime;
        await Task.WhenAll(users.Select(user =>
            grains.GetGrain<IUserGrain>(user).ReceiveReminder("check", new TickStatus(now, AlertsOptions.StandardReminderPeriod, now))));
        await Task.WhenAll(users.Select((user, index) => WorkOf(user).WaitForAsync(done[index] + 1, Cancellation)));
    }

    /// <summary>Waits until what a user's grain did ended for this many times, counted from the process's start.</summary>
    public Task WorkAsync(string userId, int times) => WorkOf(userId).WaitForAsync(times, Cancellation);

    /// <summary>Moves the clock one period on, delivers the reminder's tick and waits for what it started to end.</summary>
    public async Task TickAsync(string userId)
    {
        var done = WorkOf(userId).Value;
        await TickUnservedAsync(userId);
        await WorkOf(userId).WaitForAsync(done + 1, Cancellation);
    }

    /// <summary>The same for a user for whom there is nothing to do.</summary>
    public async Task TickUnservedAsync(string userId)
    {
        Clock.Advance(AlertsOptions.StandardReminderPeriod);
        var user = demo.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(userId);
        var now = Clock.GetUtcNow().UtcDateTime;
        await user.ReceiveReminder("check", new TickStatus(now, AlertsOptions.StandardReminderPeriod, now), Cancellation);
    }

    /// <summary>Waits for the mails up to and including this number, counted from the mailbox's start.</summary>
    public Task<IReadOnlyList<ReceivedMail>> MailsAsync(int count) => Mailbox.WaitForCountAsync(count, Cancellation);

    /// <summary>What a search finds, asked as a user's check asks it.</summary>
    public async Task<SearchSnapshot> SearchAsync(string phrase)
    {
        var query = SearchQuery.KeyOf(new SearchSettings { Phrase = phrase }, "en");
        var answer = await demo.Gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<ISearchGrain>(query).GetAsync(0);
        Assert.Null(answer.Failure);
        return answer.Snapshot!;
    }

    public async Task<JsonElement> GetAsync(string path) => (await Api.GetFromJsonAsync<JsonElement>(path, Cancellation)).Clone();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await demo.DisposeAsync();
        traces.Dispose();
        timeout.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
