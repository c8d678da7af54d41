using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Tests.Support;

namespace Alerts.Demo.Tests.Mailbox;

public class MailboxPageTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_mailbox_says_what_to_do()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions { Hint = "curl -d '<x>'" }, TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };

        var page = await http.GetStringAsync("", Cancellation);

        Assert.Contains($"127.0.0.1:{server.SmtpPort}", page, StringComparison.Ordinal);
        Assert.Contains("curl -d &#x27;&lt;x&gt;&#x27;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_and_the_mail_show_what_came_encoded()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        await SendAsync(server, "Subject: <script>alert(1)</script>\r\nMessage-ID: <n-1@example.org>\r\nFrom: \"<b>\" <a@example.org>\r\n\r\n<i>text</i>");

        foreach (var path in (string[])["", "mails/1", "mails/1?tab=headers", "mails/1?tab=raw", "mails/1?tab=html"])
        {
            var page = await http.GetStringAsync(path, Cancellation);
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<i>text", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        }
        Assert.Contains("n-1@example.org", await http.GetStringAsync("", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_HTML_part_is_served_under_a_policy_without_scripts_and_its_links_leave_the_frame()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        await SendAsync(server, "Content-Type: text/html; charset=utf-8\r\n\r\n<!doctype html><html><head><title>t</title></head><body><p>hi</p></body></html>");

        using var response = await http.GetAsync("mails/1/html", Cancellation);
        var view = await http.GetStringAsync("mails/1", Cancellation);

        Assert.Equal(
            """<!doctype html><html><head><base target="_blank"><title>t</title></head><body><p>hi</p></body></html>""",
            (await response.Content.ReadAsStringAsync(Cancellation)).TrimEnd());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("img-src http: https: data:", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy + view, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains("""<iframe class="mail" title="The mail" src="/mails/1/html" sandbox=""", view, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<mailto:a@example.org>, <https://example.org/u?a=1&b=2>", "<a href=\"https://example.org/u?a=1&amp;b=2\" target=\"_blank\" rel=\"noreferrer\">")]
    [InlineData("<javascript:alert(1)>", null)]
    public async Task The_unsubscribe_address_is_a_link_when_it_is_a_web_address(string header, string? link)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        await SendAsync(server, $"List-Unsubscribe: {header}");

        var page = await http.GetStringAsync("mails/1", Cancellation);

        if (link is null)
            Assert.DoesNotContain("<th>Unsubscribe</th>", page, StringComparison.Ordinal);
        else
            Assert.Contains(link, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parts_are_served_as_plain_text()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        await SendAsync(server, "Subject: x\r\nX-A: b\r\n\r\n<p>hi</p>");

        Assert.Equal("Subject: x\r\nX-A: b\r\n\r\n<p>hi</p>\r\n", await PlainAsync("mails/1/raw"));
        Assert.Equal("Subject: x\r\nX-A: b\r\n", await PlainAsync("mails/1/headers"));
        Assert.Equal("<p>hi</p>", (await PlainAsync("mails/1/text")).TrimEnd());

        async Task<string> PlainAsync(string path)
        {
            using var response = await http.GetAsync(path, Cancellation);
            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            return await response.Content.ReadAsStringAsync(Cancellation);
        }
    }

    [Fact]
    public async Task The_list_is_read_as_JSON_page_by_page_newest_first()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };
        await SendAsync(server, "Subject: one", "Subject: two", "Subject: three");

        var first = (await http.GetFromJsonAsync<JsonNode>("mails.json?limit=2", Cancellation))!;
        var second = (await http.GetFromJsonAsync<JsonNode>((string)first["next"]!, Cancellation))!;

        Assert.Equal(3, (long)first["accepted"]!);
        Assert.Equal(["three", "two"], first["mails"]!.AsArray().Select(mail => (string?)mail!["subject"]));
        Assert.Equal(["one"], second["mails"]!.AsArray().Select(mail => (string?)mail!["subject"]));
        Assert.Equal("ann@example.org", (string?)second["mails"]![0]!["to"]![0]);
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task The_clear_button_clears_and_another_sites_does_not()
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.PageUrl };
        await SendAsync(server, "Subject: one");

        Assert.Equal(HttpStatusCode.Forbidden, await ClearAsync("cross-site"));
        Assert.Single(server.Mails);
        Assert.Equal(HttpStatusCode.SeeOther, await ClearAsync("same-origin"));
        Assert.Empty(server.Mails);

        async Task<HttpStatusCode> ClearAsync(string site)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "clear");
            request.Headers.Add("Sec-Fetch-Site", site);
            using var response = await http.SendAsync(request, Cancellation);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("mails/7")]
    [InlineData("mails/7/raw")]
    [InlineData("mails/x")]
    [InlineData("etc/passwd")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var server = await MailboxServer.StartAsync(new MailboxOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.PageUrl };

        using var response = await http.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    static async Task SendAsync(MailboxServer server, params string[] messages)
    {
        await using var client = await RawSmtp.GreetAsync(server);
        foreach (var message in messages)
        {
            await client.BeginDataAsync();
            Assert.StartsWith("250", await client.AskAsync($"{message}\r\n."), StringComparison.Ordinal);
        }
    }
}
