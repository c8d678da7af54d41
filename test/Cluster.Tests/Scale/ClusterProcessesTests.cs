using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Demo.Mailbox;
using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>Two silos and a gateway as processes of their own, on Redis and MariaDB, while one silo is lost and another comes.</summary>
public sealed class ClusterProcessesTests(Servers servers) : IDisposable
{
    const int Users = 40;

    /// <summary>Connections of a silo to the mail server: the most mails that can be on the way when it is killed.</summary>
    const int MailsOnTheWay = 8;

    static readonly TimeSpan lookPeriod = TimeSpan.FromMilliseconds(500);

    readonly string[] addresses = [.. Enumerable.Range(0, Users).Select(number => string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"))];
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Everybody_is_mailed_round_after_round_also_when_a_silo_is_killed_and_another_started()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(8));
        var settings = new Dictionary<string, string?>(await ClusterSilo.SettingsAsync(servers, limit.Token)) { ["Alerts:ReminderPeriod"] = "00:00:05" };
        await using var alerts = await AlertsProcesses.StartAsync(settings);
        var first = (await Task.WhenAll(alerts.AddSiloAsync(limit.Token), alerts.AddSiloAsync(limit.Token)))[0];
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;
        var users = await Task.WhenAll(addresses.Select(address => EnrolAsync(api, address)));
        await EveryoneMailedAsync(alerts.Mailbox);

        await EveryoneMailedAsync(alerts.Mailbox);
        Assert.Equal(0, Duplicates(alerts.Mailbox));

        Assert.Equal(["active", "active"], await SilosAsync(api));

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var answers = WatchAsync(api, users, watching.Token);
        var killed = TimeProvider.System.GetTimestamp();
        await first.KillAsync(limit.Token);
        await EveryoneMailedAsync(alerts.Mailbox);
        TestContext.Current.TestOutputHelper?.WriteLine($"Everybody was mailed again {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0} s after the kill; {Duplicates(alerts.Mailbox)} mails came twice.");

        await alerts.AddSiloAsync(limit.Token);
        await EveryoneMailedAsync(alerts.Mailbox);
        Assert.Equal(["active", "active", "dead"], await SilosAsync(api));
        await watching.CancelAsync();
        var (served, refused) = await answers;
        TestContext.Current.TestOutputHelper?.WriteLine($"{served} requests were answered, {refused} with 503 and Retry-After.");
        Assert.InRange(served, 1, int.MaxValue);
        Assert.InRange(Duplicates(alerts.Mailbox), 0, MailsOnTheWay);
        // Settled again: the API finds every user.
        foreach (var user in users)
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"/v1/users/{user}", limit.Token)).StatusCode);
    }

    public void Dispose() => limit.Dispose();

    static int Duplicates(MailboxServer mailbox) => mailbox.Mails.GroupBy(mail => mail.MessageId).Sum(same => same.Count() - 1);

    /// <summary>Waits until everybody got a mail from now on.</summary>
    async Task EveryoneMailedAsync(MailboxServer mailbox)
    {
        var before = mailbox.AcceptedCount;
        foreach (var address in addresses)
            await mailbox.WaitForMailAsync(mail => mail.Sequence > before && mail.Recipients[0] == address, limit.Token);
    }

    /// <summary>Asks for one user after the other until cancelled, whether those before were answered or not; anything but the user, or 503 with Retry-After, fails.</summary>
    static async Task<(int Served, int Refused)> WatchAsync(HttpClient api, string[] users, CancellationToken cancellationToken)
    {
        var asked = new List<Task<bool>>();
        using var timer = new PeriodicTimer(lookPeriod);
        try
        {
            for (var look = 0; await timer.WaitForNextTickAsync(cancellationToken); look++)
                asked.Add(IsServedAsync(api, users[look % users.Length]));
        }
        catch (OperationCanceledException)
        {
        }

        var answers = await Task.WhenAll(asked);
        return (answers.Count(served => served), answers.Count(served => !served));
    }

    static async Task<bool> IsServedAsync(HttpClient api, string user)
    {
        using var response = await api.GetAsync($"/v1/users/{user}");
        if (response.StatusCode is HttpStatusCode.OK)
            return true;
        Assert.True(
            response.StatusCode is HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null,
            $"The API answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return false;
    }

    /// <summary>The statuses of the cluster's silos, as the gateway tells them.</summary>
    async Task<IEnumerable<string?>> SilosAsync(HttpClient api)
    {
        var cluster = await api.GetFromJsonAsync<JsonElement>("/v1/cluster", limit.Token);
        return cluster.GetProperty("silos").EnumerateArray().Select(silo => silo.GetProperty("status").GetString()).Order(StringComparer.Ordinal);
    }

    async Task<string> EnrolAsync(HttpClient api, string email)
    {
        using var response = await api.PostAsJsonAsync(
            "/v1/users",
            new { email, frequencyMinutes = 2, notify = "every_check", searches = new[] { new { phrase = email.Length % 2 == 0 ? "iphone 13" : "rtx a5000" } } },
            limit.Token);
        Assert.True(response.StatusCode is HttpStatusCode.Created, await response.Content.ReadAsStringAsync(limit.Token));
        return response.Headers.Location!.OriginalString.Split('/')[^1];
    }
}
