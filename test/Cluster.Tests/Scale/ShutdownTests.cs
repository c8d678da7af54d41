using System.Net;
using System.Net.Http.Json;
using Alerts.Demo.Mailbox;

namespace Alerts.Cluster.Tests;

/// <summary>What a process does when it is asked to end.</summary>
public sealed class ShutdownTests : IDisposable
{
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public ShutdownTests() => limit.CancelAfter(TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Readiness_fails_first_what_is_in_flight_ends_and_what_has_not_begun_waits_for_the_next_start()
    {
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Embedded",
            ["Alerts:ReminderPeriod"] = "00:00:05",
            ["Alerts:Shutdown:RunGrace"] = "00:02:00",
        });
        var (gateway, api) = await alerts.AddGatewayAsync(limit.Token);
        using (api)
        {
            var asked = new TaskCompletionSource();
            var answer = new TaskCompletionSource();
            alerts.Marketplace.OnSearch = _ =>
            {
                asked.TrySetResult();
                return answer.Task;
            };
            await EnrolAsync(api, "ann@example.org");
            await asked.Task.WaitAsync(limit.Token);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "/health/ready"));

            var ended = gateway.StopAsync(limit.Token);

            while (await StatusAsync(api, "/health/ready") is not HttpStatusCode.ServiceUnavailable)
                limit.Token.ThrowIfCancellationRequested();
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(api, "/health/live"));
            await EnrolAsync(api, "bob@example.org");
            Assert.False(ended.IsCompleted);
            Assert.Equal(0, alerts.Mailbox.AcceptedCount);
            answer.SetResult();
            await ended;
            Assert.Equal(0, gateway.ExitCode);
            Assert.DoesNotContain("did not end in time", gateway.Said(), StringComparison.Ordinal);
        }

        Assert.Equal(["ann@example.org"], alerts.Mailbox.Mails.SelectMany(mail => mail.Recipients));
        var (_, again) = await alerts.AddGatewayAsync(limit.Token);
        again.Dispose();
        await alerts.Mailbox.WaitForMailAsync(IsToBob, limit.Token);
        Assert.Single(alerts.Mailbox.Mails, mail => !IsToBob(mail));
    }

    public void Dispose() => limit.Dispose();

    static bool IsToBob(ReceivedMail mail) => mail.Recipients[0] == "bob@example.org";

    async Task EnrolAsync(HttpClient api, string email)
    {
        using var response = await api.PostAsJsonAsync(
            "/v1/users", new { email, frequencyMinutes = 2, searches = new[] { new { phrase = $"things of {email[..3]}" } } }, limit.Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    async Task<HttpStatusCode> StatusAsync(HttpClient api, string path)
    {
        using var response = await api.GetAsync(path, limit.Token);
        return response.StatusCode;
    }
}
