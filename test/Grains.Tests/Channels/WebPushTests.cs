using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Alerts.Channels;
using Alerts.Channels.Http;
using Alerts.Channels.WebPush;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Receivers;
using Alerts.Outbox;
using Alerts.Search;
using Alerts.Settings.Validation;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Channels;

/// <summary>What a browser gets by its push service, decrypted with the browser's own keys.</summary>
public sealed class WebPushTests : IAsyncLifetime
{
    /// <summary>RFC 8291, 5: what the browser with these keys is sent in the example.</summary>
    const string ExampleOfTheStandard =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    readonly FakeTimeProvider clock = new(Mails.Now);
    ReceiversServer receivers = null!;
    ChannelHttp http = null!;

    public async ValueTask InitializeAsync()
    {
        receivers = await ReceiversServer.StartAsync(0, clock);
        http = new ChannelHttp(Options.Create(new ChannelOptions { AllowLoopback = true }), clock);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receivers.DisposeAsync();
    }

    [Fact]
    public void The_stand_in_for_a_browser_decrypts_the_example_of_the_standard()
    {
        Assert.Equal("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", PushBrowser.P256dh);
        Assert.Equal("When I grow up, I want to be a watermelon", PushBrowser.Decrypt(Base64Url.DecodeFromChars(ExampleOfTheStandard)));
        var changed = Base64Url.DecodeFromChars(ExampleOfTheStandard);
        changed[^1] ^= 1;
        Assert.Null(PushBrowser.Decrypt(changed));
    }

    [Fact]
    public async Task A_browser_decrypts_what_it_is_to_show_and_the_push_service_knows_who_sent_it()
    {
        var message = Message(Mails.Listing(7, title: "Lamp", price: 42));

        Assert.Equal(new DeliveryResult.Accepted(), await SendAsync(message));

        var got = Assert.Single(receivers.Messages);
        Assert.True(got.IsSigned);
        var shown = JsonSerializer.Deserialize<JsonElement>(got.Body);
        Assert.Equal(("3 new", message.Items[0].Url, $"{Mails.AnnId}.8"), (shown.GetProperty("title").GetString(), shown.GetProperty("url").GetString(), shown.GetProperty("tag").GetString()));
        Assert.Equal("Lamp: $42.00\nand 2 more", shown.GetProperty("body").GetString());
        Assert.DoesNotContain("Lamp", got.Headers.Values);
    }

    [Fact]
    public async Task The_push_service_keeps_news_no_longer_than_it_may_be_shown_and_an_attempt_again_takes_the_place_of_the_first()
    {
        var message = Message(Mails.Listing(7));
        clock.Advance(TimeSpan.FromHours(2));

        await SendAsync(message with { At = clock.GetUtcNow() });
        await SendAsync(message with { At = clock.GetUtcNow() });
        await SendAsync(message with { Id = message.Id + "~", At = clock.GetUtcNow() + Freshness.ShownFor });
        await SendAsync(message with { Notification = message.Notification with { Sections = [] } });

        Assert.Equal(["14400", "14400", "0", "86400"], receivers.Messages.Select(one => one.Headers["ttl"]));
        var topics = receivers.Messages.Select(one => one.Headers["topic"]).ToList();
        Assert.Equal((topics[0], 32), (topics[1], topics[0].Length));
        Assert.NotEqual(topics[0], topics[2]);
    }

    [Theory]
    [InlineData(404, true), InlineData(410, true), InlineData(403, false), InlineData(429, false), InlineData(500, false)]
    public async Task A_subscription_that_has_ended_ends_the_channel_and_nothing_else_does(int status, bool isGone)
    {
        receivers.Faults.Add(ReceiverFault.Reply(status, ReceiverKind.WebPush, retryAfter: 90));

        var result = await SendAsync(Message(Mails.Listing(7)));

        if (isGone)
            Assert.True(Assert.IsType<DeliveryResult.Refused>(result).AddressIsDead);
        else
            Assert.Equal(TimeSpan.FromSeconds(90), Assert.IsType<DeliveryResult.Deferred>(result).RetryAfter);
        Assert.Equal(1, receivers.Requests.Value);
    }

    [Fact]
    public async Task Without_the_services_key_a_message_waits_for_the_operator()
    {
        var result = await SendAsync(Message(Mails.Listing(7)), key: null);

        Assert.Equal(DeferralCause.Sender, Assert.IsType<DeliveryResult.Deferred>(result).Cause);
    }

    [Fact]
    public void Keys_that_are_none_are_named()
    {
        var notOnTheCurve = Base64Url.EncodeToString([4, .. Enumerable.Repeat((byte)1, 64)]);
        Assert.Equal([], Errors(PushBrowser.P256dh, PushBrowser.Auth));
        Assert.Equal(["keys.p256dh"], Errors(notOnTheCurve, PushBrowser.Auth));
        Assert.Equal(["keys.p256dh"], Errors(PushBrowser.P256dh[..^2], PushBrowser.Auth));
        Assert.Equal(["keys.auth", "keys.p256dh"], Errors("no base64!", "BTBZ"));
        Assert.Equal(["keys"], Errors(null, null));
        Assert.Equal(["kind"], Errors(PushBrowser.P256dh, PushBrowser.Auth, key: null));
    }

    [Theory]
    [InlineData(DemoOptions.WebPushKey, true), InlineData("", false), InlineData("short", false), InlineData("not base64url, but forty-three characters!!", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false), InlineData("__________________________________________8", false)]
    public void A_key_of_the_service_that_is_none_is_found_at_the_start(string key, bool isKey)
    {
        Assert.Equal(isKey, WebPushKey.IsPrivate(key));
        Assert.Equal(isKey, !new ChannelOptions { WebPushKey = key }.Validate(new(this)).Any());
    }

    string[] Errors(string? p256dh, string? auth, string? key = DemoOptions.WebPushKey)
    {
        var errors = new FieldErrors();
        var keys = p256dh is null ? null : new PushKeys(p256dh, auth!);
        Channel(key).Check(new ChannelSettings { Kind = ChannelKind.WebPush, Url = "https://push.example.org/1", Keys = keys }, errors);
        return [.. errors.ToDictionary().Keys.Order()];
    }

    WebPushChannel Channel(string? key) => new(
        http, Options.Create(new ChannelOptions { AllowLoopback = true, WebPushKey = key }), Options.Create(new AlertsOptions { PublicUrl = "https://alerts.example.org" }));

    Task<DeliveryResult> SendAsync(ChannelMessage message, string? key = DemoOptions.WebPushKey) => Channel(key).SendAsync(
        new ChannelTarget { Url = receivers.UrlOf(ReceiverKind.WebPush, "ann"), Keys = new PushKeys(PushBrowser.P256dh, PushBrowser.Auth) },
        message, () => true, TestContext.Current.CancellationToken);

    static ChannelMessage Message(Listing listing) => new()
    {
        Id = $"{Mails.AnnId}.8.c-00000001",
        At = Mails.Now,
        Type = ChannelMessageType.News,
        Title = "3 new",
        Items = [new ChannelItem(listing.Title, listing.Url, "$42.00", listing.ImageUrl)],
        More = "and 2 more",
        Url = "https://alerts.example.org/alerts",
        UrlText = "See all",
        Notification = Mails.Listed(1) with { Sections = [Mails.Listed(1).Sections[0] with { FetchedAt = Mails.Now }] },
    };
}
