using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Pages;

public sealed class PagesInTroubleTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_cluster_is_away_every_page_that_needs_it_says_so_in_the_readers_language()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/?phrase=lamp");
        await web.PressAsync("Watch it", ("email", TestGateway.NewEmail()));
        using var stranger = new WebPerson(gateway.Address, "de-DE");
        await stranger.GoAsync("/sign-in");
        await gateway.Services.GetRequiredService<Orleans.Runtime.Silo>().StopAsync(Cancellation);

        foreach (var path in (string[])["/alerts", "/history", "/settings"])
        {
            await web.GoAsync(path);
            Assert.Equal((503, "We are not available for the moment"), (web.Status, web.Heading));
            Assert.Equal(TimeSpan.FromSeconds(10), web.Headers.RetryAfter?.Delta);
        }

        await stranger.PressAsync("Link zum Anmelden mailen", ("email", "ann@example.org"));
        Assert.Equal((503, "de"), (stranger.Status, stranger.Page.DocumentElement.GetAttribute("lang")));
        await stranger.GoAsync("/");
        Assert.Equal(200, stranger.Status);
    }

    [Fact]
    public async Task The_first_page_with_its_style_and_script_is_at_most_60_KB_on_the_wire()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = gateway.Address };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        foreach (var path in (string[])["/", "/?phrase=lamp"])
        {
            var html = await client.GetByteArrayAsync(path, Cancellation);
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(System.Text.Encoding.UTF8.GetString(html));
            var files = page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!).Concat(page.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!)).ToList();
            Assert.Equal(2, files.Count);
            var total = html.Length;
            foreach (var file in files)
                total += (await client.GetByteArrayAsync("/" + file, Cancellation)).Length;

            Assert.InRange(total, 1, 60 * 1024);
        }
    }
}
