using System.Text.Json;
using Alerts.Demo.Mailbox;

namespace Alerts.Gateway.Tests.Cluster;

public class ClusterTests(OpenGateway open)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task It_tells_silos_grains_writers_and_the_mails_that_did_not_leave()
    {
        await using var gateway = await TestGateway.StartAsync();
        var ann = await gateway.EnrolAsync();
        await gateway.MailToAsync(ann.Email);

        var cluster = await gateway.Admin.GetJsonAsync("/v1/cluster");

        var silo = Assert.Single(cluster.GetProperty("silos").EnumerateArray());
        Assert.Equal("active", silo.Text("status"));
        Assert.Equal(1, cluster.GetProperty("activations").EnumerateArray().Single(grain => grain.Text("grain") == "UserGrain").GetProperty("count").GetInt32());
        Assert.Equal(
            Enumerable.Range(0, cluster.GetProperty("writers").GetArrayLength()),
            cluster.GetProperty("writers").EnumerateArray().Select(writer => writer.GetProperty("shard").GetInt32()));
        Assert.True(cluster.GetProperty("writers").GetArrayLength() > 1);
        var shards = cluster.GetProperty("shards").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, shards.Length), shards.Select(shard => shard.GetProperty("number").GetInt32()));
        Assert.Equal(1, shards.Sum(shard => shard.GetProperty("users").GetInt32()));
        Assert.Equal(1, shards.Max(shard => shard.GetProperty("fullestSecond").GetInt32()));
        Assert.Equal(1, shards.Sum(shard => shard.GetProperty("usersPerSecond").EnumerateArray().Sum(second => second.GetInt32())));
        var quota = cluster.GetProperty("quota");
        Assert.Equal(5_000, quota.GetProperty("limit").GetInt32());
        Assert.InRange(quota.GetProperty("left").GetInt32(), 1, 4_999);
        Assert.Equal(1, quota.GetProperty("searches").GetInt32());
        Assert.Equal(0, cluster.GetProperty("mails").GetProperty("failedLastHour").GetInt32());
        Assert.False(cluster.GetProperty("mails").TryGetProperty("lastFailureAt", out _));
        Assert.False(cluster.GetProperty("mails").TryGetProperty("oldestWaitingSince", out _));

        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        await gateway.EnrolAsync();
        await gateway.Mailbox.Faults.Struck.WaitForAsync(1, Cancellation);
        JsonElement mails;
        // The mail server's answer is on its way to the sender, which then notes it.
        while ((mails = (await gateway.Admin.GetJsonAsync("/v1/cluster")).GetProperty("mails")).GetProperty("failedLastHour").GetInt32() == 0)
            Cancellation.ThrowIfCancellationRequested();
        Assert.Equal(1, mails.GetProperty("failedLastHour").GetInt32());
        Assert.Equal(0, mails.GetProperty("givenUpLastHour").GetInt32());
        Assert.Equal(gateway.Clock.GetUtcNow(), mails.GetProperty("lastFailureAt").GetDateTimeOffset());
        Assert.Equal(gateway.Clock.GetUtcNow(), mails.GetProperty("oldestWaitingSince").GetDateTimeOffset());

        gateway.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(0, (await gateway.Admin.GetJsonAsync("/v1/cluster")).GetProperty("mails").GetProperty("failedLastHour").GetInt32());
    }

    [Fact]
    public async Task It_is_for_administrators_only()
    {
        var ann = await open.Gateway.EnrolAsync();
        await open.Gateway.Anonymous.GetAsync("/v1/cluster", Cancellation).IsAsync(401);
        await ann.Api.GetAsync("/v1/cluster", Cancellation).IsAsync(403);
    }
}
