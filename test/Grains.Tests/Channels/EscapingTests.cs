using System.Text.Json;
using Alerts.Channels;
using Alerts.Channels.Discord;
using Alerts.Channels.Http;
using Alerts.Channels.Ntfy;
using Alerts.Channels.Slack;
using Alerts.Channels.Telegram;
using Alerts.Channels.WebPush;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Receivers;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Channels;

/// <summary>Titles are sellers' own words: none of them becomes bold, a link or a mention, and no message is too long for its platform.</summary>
public sealed class EscapingTests : IAsyncLifetime
{
    const string Hostile = "@everyone **bold** [click](https://evil.example) <!channel> <@1> <b>x</b> & \"q\" `c` _i_ ~s~ |\n# head";

    readonly FakeTimeProvider clock = new(Mails.Now);
    ReceiversServer receivers = null!;
    ChannelOptions options = null!;
    ChannelHttp http = null!;

    public async ValueTask InitializeAsync()
    {
        receivers = await ReceiversServer.StartAsync(0, clock);
        options = new ChannelOptions { AllowLoopback = true, TelegramToken = ReceiversServer.BotToken, TelegramUrl = receivers.BaseUrl.ToString(), WebPushKey = DemoOptions.WebPushKey };
        http = new ChannelHttp(Options.Create(options), clock);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receivers.DisposeAsync();
    }

    public static TheoryData<ChannelKind> Kinds => [ChannelKind.Ntfy, ChannelKind.Discord, ChannelKind.Slack, ChannelKind.Telegram, ChannelKind.WebPush];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Twenty_listings_with_long_and_hostile_titles_are_taken_and_what_is_left_out_is_counted(ChannelKind kind)
    {
        var message = Compose([.. Enumerable.Range(1, 20).Select(number => Mails.Listing(number, title: Hostile + new string('漢', 200)))]);

        Assert.Equal(new DeliveryResult.Accepted(), await SendAsync(kind, message));

        var body = JsonDocument.Parse(Assert.Single(receivers.Messages).Body).RootElement;
        Assert.Equal("and 15 more", message.More);
        Assert.Contains("and 15 more", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_title_is_markup_at_Discord()
    {
        await SendAsync(ChannelKind.Discord, Compose(Mails.Listing(1, title: Hostile)));

        var embed = JsonDocument.Parse(receivers.Messages[0].Body).RootElement.GetProperty("embeds")[0].GetProperty("title").GetString()!;
        Assert.StartsWith(@"\@everyone \*\*bold\*\* \[click\]\(https\:\/\/evil\.example\) \<!channel\> \<\@1\>", embed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_title_is_markup_at_Slack_and_Telegram()
    {
        var message = Compose(Mails.Listing(1, title: Hostile));
        await SendAsync(ChannelKind.Slack, message);
        await SendAsync(ChannelKind.Telegram, message);

        var slack = JsonDocument.Parse(receivers.Messages[0].Body).RootElement.GetProperty("blocks")[1].GetProperty("text").GetProperty("text").GetString()!;
        Assert.Contains("@everyone ∗∗bold∗∗ [click](https://evil.example) &lt;!channel&gt; &lt;@1&gt;", slack, StringComparison.Ordinal);
        var telegram = JsonDocument.Parse(receivers.Messages[1].Body).RootElement.GetProperty("text").GetString()!;
        Assert.Contains("&lt;!channel&gt; &lt;@1&gt; &lt;b&gt;x&lt;/b&gt; &amp; &quot;q&quot;", telegram, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_line_has_the_reason_and_the_price_and_the_link_holds_no_token()
    {
        var message = Compose(Mails.Listing(7, title: "Lamp", price: 42));

        Assert.Contains("Lamp", message.Title, StringComparison.Ordinal);
        Assert.Contains("42", message.Title, StringComparison.Ordinal);
        Assert.Equal("https://alerts.example.org/alerts/s-00000001", message.Url);
    }

    ChannelMessage Compose(params Alerts.Search.Listing[] listings)
    {
        var section = Mails.Listed(1).Sections[0] with
        {
            IsFirst = false, Omitted = listings.Length > 1 ? 5 : 0, Total = 100, Items = [.. listings.Select(listing => new NewsItem { Kind = NewsKind.New, Listing = listing })],
        };
        var notification = Mails.Listed(1) with { Kind = NotificationKind.Changes, Sections = [section] };
        var composer = new ChannelComposer(
            Mails.Tokens(), Options.Create(new AlertsOptions { PublicUrl = "https://alerts.example.org" }), Options.Create(new OperatorOptions()), new Incarnation(), clock);
        var channel = new ChannelRecord { Id = "c-00000001", Kind = ChannelKind.Slack, Name = "x", CreatedAt = Mails.Now, Code = "code", CodeAt = Mails.Now };
        return composer.Compose(Mails.To(Mails.Ann), channel, notification);
    }

    Task<DeliveryResult> SendAsync(ChannelKind kind, ChannelMessage message)
    {
        INotificationChannel channel = kind switch
        {
            ChannelKind.Ntfy => new NtfyChannel(http),
            ChannelKind.Discord => new DiscordChannel(http, Options.Create(options)),
            ChannelKind.Slack => new SlackChannel(http, Options.Create(options)),
            ChannelKind.WebPush => new WebPushChannel(http, Options.Create(options), Options.Create(new AlertsOptions())),
            _ => new TelegramChannel(http, Options.Create(options)),
        };
        var url = kind is ChannelKind.Telegram ? null : receivers.UrlOf(Enum.Parse<ReceiverKind>(kind.ToString()), "ann");
        return channel.SendAsync(new ChannelTarget { Url = url, ChatId = 42, Keys = new PushKeys(PushBrowser.P256dh, PushBrowser.Auth) }, message, () => true, TestContext.Current.CancellationToken);
    }
}
