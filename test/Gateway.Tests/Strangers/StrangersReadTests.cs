using System.Text.Json;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Receivers;

namespace Alerts.Gateway.Tests.Strangers;

/// <summary>Our webhooks and feeds, read by packages of another language that know nothing of us.</summary>
public sealed class StrangersReadTests(NodeReaders readers) : IClassFixture<NodeReaders>, IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_webhook_is_verified_by_the_library_of_the_specification_with_either_secret_and_refused_when_it_was_changed()
    {
        var next = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);
        var ann = await gateway.EnrolAsync("stranger lamp");
        await gateway.MailToAsync(ann.Email);
        var channel = await ann.Api.PostJsonAsync(ann.Url + "/channels", $$"""
            { "kind": "webhook", "url": "{{gateway.Receivers.UrlOf(ReceiverKind.Webhook, "ann")}}", "secret": "{{ReceiversServer.Secret}}" }
            """).IsAsync(201);
        await ann.Api.PutJsonAsync($"{ann.Url}/channels/{channel.Text("id")}", $$"""{ "kind": "webhook", "secret": "{{next}}" }""").IsAsync(200);
        await ann.Api.PostAsync($"{ann.Url}/channels/{channel.Text("id")}/test").IsAsync(200);
        var message = await gateway.Receivers.WaitForAsync(one => one.Headers["webhook-signature"].Contains(' ', StringComparison.Ordinal), Cancellation);

        Task<JsonElement> Verify(string secret, string body) => readers.ReadAsync("standardwebhooks", new { secret, headers = message.Headers, body });

        foreach (var secret in (string[])[ReceiversServer.Secret, next])
        {
            var read = (await Verify(secret, message.Body)).GetProperty("event");
            Assert.Equal(("channel.confirmation", message.Id), (read.Text("type"), read.Text("id")));
        }

        Assert.Equal("No matching signature found", (await Verify(next, message.Body.Replace("channel.", "alerts.", StringComparison.Ordinal))).Text("refused"));
    }

    /// <summary>One shows when a listing was published, the other when it last changed, and leaves out what looks like markup.</summary>
    [Theory]
    [InlineData("rss-parser", "<b>\"5 > 4\"</b>", "2026-01-01T00:00:00Z"), InlineData("feedparser", "\"5 > 4\"", "2026-03-02T09:00:00Z")]
    public async Task A_feed_is_read_by_the_parsers_of_feed_readers(string package, string words, string at)
    {
        gateway.Marketplace.Script("stranger chair",
            [new ListingSpec("200000000001", "stranger chair <b>\"5 > 4\"</b> & co's 🎸", 70), new ListingSpec("200000000002", "stranger chair two", 1234.5m)]);
        var ann = await gateway.EnrolAsync("stranger chair");
        await gateway.MailToAsync(ann.Email);
        var url = (await ann.Api.PostAsync(ann.Url + "/feed").IsAsync(200)).Text("url");

        var read = await readers.ReadAsync(package, new { feed = await gateway.Anonymous.GetStringAsync(url, Cancellation) });

        Assert.Equal(("Product alerts", url, $"{gateway.Address}alerts"), (read.Text("title"), read.Text("self"), read.Text("link")));
        var items = read.GetProperty("items").EnumerateArray().OrderBy(item => item.Text("id"), StringComparer.Ordinal).ToList();
        Assert.Equal([$"$70.00: stranger chair {words} & co's 🎸", "$1,234.50: stranger chair two"], items.Select(item => item.Text("title")));
        Assert.All(items, item => Assert.Equal(DateTimeOffset.Parse(at, null), item.GetProperty("at").GetDateTimeOffset()));
        Assert.All(items, item => Assert.StartsWith("http", item.Text("link"), StringComparison.Ordinal));
        Assert.Equal([":200000000001", ":200000000002"], items.Select(item => item.Text("id")[^13..]));
    }
}
