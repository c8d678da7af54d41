namespace Alerts.Gateway.Tests.Api;

public class ManagePageTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_manage_link_shows_the_alerts_and_its_buttons_pause_and_resume()
    {
        var ann = await gateway.EnrolAsync("<b>manage</b> & thing");
        var link = "/manage/" + ann.Token;

        var page = await gateway.Anonymous.GetStringAsync(link, Cancellation);
        Assert.Contains("&lt;b&gt;manage&lt;/b&gt; &amp; thing", page, StringComparison.Ordinal);
        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
        await gateway.Anonymous.PostAsync(link + "/pause");
        Assert.Equal("paused", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
        await gateway.Anonymous.PostAsync(link + "/resume");
        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
        await ann.Api.DeleteAsync(ann.Url, Cancellation).IsAsync(204);
        Assert.Equal(404, (int)(await gateway.Anonymous.GetAsync(link, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_void_link_shows_and_does_nothing()
    {
        var ann = await gateway.EnrolAsync();
        await gateway.Admin.PostAsync(ann.Url + "/token").IsAsync(200);

        Assert.Equal(404, (int)(await gateway.Anonymous.GetAsync("/manage/" + ann.Token, Cancellation)).StatusCode);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync($"/manage/{ann.Token}/pause")).StatusCode);
        Assert.Equal("active", (await gateway.Admin.GetJsonAsync(ann.Url)).Text("status"));
    }
}
