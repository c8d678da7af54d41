using System.Net.Http.Json;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Receivers;
using Alerts.Testing;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Alerts.Gateway.Tests;

/// <summary>
/// The real gateway on a free port, with its silo on SQLite files in a temporary folder, between the demo's marketplace and mailbox.
/// Time is one fake clock; a tick is the call the reminder makes.
/// </summary>
public sealed class TestGateway : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    static int people;

    readonly TempFolder folder;
    readonly DemoApp demo;
    readonly List<HttpClient> clients = [];

    TestGateway(TempFolder folder, DemoApp demo, FakeTimeProvider clock)
    {
        this.folder = folder;
        this.demo = demo;
        Clock = clock;
        Anonymous = Client(null, null);
        Admin = Client("X-Api-Key", DemoOptions.ApiKey);
    }

    /// <summary>The time of gateway, grains, marketplace and mailbox.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>A caller without key or token.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>A caller with an API key.</summary>
    public HttpClient Admin { get; }

    public MailboxServer Mailbox => demo.Mailbox;

    public MarketplaceServer Marketplace => demo.Marketplace;

    public ReceiversServer Receivers => demo.Receivers;

    public IServiceProvider Services => demo.Gateway.Services;

    /// <summary>Folder of the SQLite files.</summary>
    public string Folder => folder.FullPath;

    public Uri Address => demo.Address;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="confirmation">Whether new addresses confirm.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="configure">A last word on the services.</param>
    /// <param name="isLimited">True for the rate limits of the defaults; else there are practically none.</param>
    public static async Task<TestGateway> StartAsync(ConfirmationMode confirmation = ConfirmationMode.Off, IReadOnlyDictionary<string, string?>? settings = null, bool isLimited = false,
        Action<IServiceCollection>? configure = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var folder = new TempFolder();
        var all = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "None",
            ["Alerts:Confirmation"] = confirmation.ToString(),
            // The stream is polled by the fake clock, which stands still at the end: nobody waits for what is on it.
            ["Alerts:SharedData:DrainTime"] = "00:00:00",
        };
        foreach (var limit in isLimited ? [] : (string[])["AnonymousPerMinute", "UserPerMinute", "KeyPerMinute", "EnrolmentsPerHour", "AddressChangesPerDay", "SearchesPerMinute",
            "EnrolmentsPerSiteHour", "EnrolmentsPerMailboxDay", "EnrolmentsPerDomainHour", "EnrolmentsPerHourOfAll", "ProbesPerMinute", "ChannelMessagesPerHour", "FeedReadsPerHour"])
            all[$"Alerts:RateLimits:{limit}"] = "1000000";
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        var demo = await DemoApp.StartAsync(
            new DemoOptions { DataDirectory = folder.FullPath, Settings = all, Marketplace = new MarketplaceOptions { ListingsPerQuery = 5, DailyCallLimit = 1_000_000 } },
            builder =>
            {
                UseClock(builder, clock);
                configure?.Invoke(builder.Services);
            },
            clock);
        return new TestGateway(folder, demo, clock);
    }

    /// <summary>An address nobody has.</summary>
    public static string NewEmail() => $"person{Interlocked.Increment(ref people)}@example.org";

    /// <summary>The smallest settings document.</summary>
    public static Dictionary<string, object?> Settings(string email, params string[] phrases) => new()
    {
        ["email"] = email,
        ["frequencyMinutes"] = 10,
        ["searches"] = phrases.DefaultIfEmpty("iphone 13").Select(phrase => new Dictionary<string, object?> { ["phrase"] = phrase }).ToArray(),
    };

    /// <summary>A caller with a user's manage token.</summary>
    public HttpClient WithToken(string token) => Client("Authorization", "Bearer " + token);

    /// <summary>A caller with an API key.</summary>
    public HttpClient WithKey(string key) => Client("X-Api-Key", key);

    /// <summary>Enrols a new person and returns what the API answered, with a caller who has the token.</summary>
    public async Task<Person> EnrolAsync(params string[] phrases)
    {
        var email = NewEmail();
        var answer = await Anonymous.PostAsJsonAsync("/v1/users", Settings(email, phrases), Cancellation).IsAsync(201);
        return new Person(answer.Text("id"), email, answer.Text("manageToken"), WithToken(answer.Text("manageToken")));
    }

    /// <summary>The token of a link in a mail to somebody.</summary>
    public Task<string> LinkAsync(LinkPurpose purpose, Person person) => IssueAsync(purpose, person.Token);

    /// <summary>The token for programs of whose mail has a manage link with this token.</summary>
    public Task<string> ProgramTokenAsync(string ofMail) => IssueAsync(LinkPurpose.Manage, ofMail);

    async Task<string> IssueAsync(LinkPurpose purpose, string manageToken)
    {
        var tokens = Services.GetRequiredService<LinkTokens>();
        var known = await tokens.ReadAsync(manageToken, LinkPurpose.Manage);
        return tokens.Issue(purpose, known!.UserId, known.Generation);
    }

    /// <summary>Delivers the reminder's tick.</summary>
    public async Task TickAsync(string userId)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        await Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(userId).ReceiveReminder("check", new TickStatus(now, AlertsOptions.StandardReminderPeriod, now));
    }

    /// <summary>Waits for a mail to an address.</summary>
    public Task<ReceivedMail> MailToAsync(string email, Func<ReceivedMail, bool>? matches = null) =>
        Mailbox.WaitForMailAsync(mail => mail.Recipients.Contains(email) && matches?.Invoke(mail) is not false, Cancellation);

    /// <summary>Asks again and again, until the answer is as wanted; a test's timeout ends it.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isWanted)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(patience);
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer))
                return answer;
            if (timeout.IsCancellationRequested)
                throw new TimeoutException($"The last answer was {(answer is string[] texts ? string.Join(", ", texts) : answer)}.");
            await Task.Yield();
        }
    }

    /// <summary>Stops the gateway and starts it anew on the same files and port.</summary>
    public Task RestartAsync() => demo.RestartGatewayAsync();

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await demo.DisposeAsync();
        folder.Dispose();
    }

    static void UseClock(WebApplicationBuilder builder, FakeTimeProvider clock)
    {
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    }

    HttpClient Client(string? header, string? value)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = demo.Address, Timeout = patience };
        if (header is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        lock (clients)
            clients.Add(client);
        return client;
    }
}
