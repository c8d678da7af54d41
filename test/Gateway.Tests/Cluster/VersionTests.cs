using Alerts.Silo.Observability;

namespace Alerts.Gateway.Tests.Cluster;

public class VersionTests(OpenGateway open)
{
    [Fact]
    public async Task Anybody_may_ask_which_release_runs()
    {
        var answer = await open.Gateway.Anonymous.GetJsonAsync("/version");

        Assert.Equal(AlertsVersion.Current, answer.GetProperty("version").GetString());
        Assert.Equal(1, answer.GetProperty("stateFormat").GetInt32());
        Assert.Equal(AlertsVersion.Commit, answer.TryGetProperty("commit", out var commit) ? commit.GetString() : null);
        Assert.Matches(@"^\d+\.\d+\.\d+", AlertsVersion.Current);
    }
}
