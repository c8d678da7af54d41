using System.Net;
using System.Net.Sockets;
using Alerts.Channels;
using Alerts.Channels.Http;
using Alerts.Channels.WebPush;
using Alerts.Configuration;
using Alerts.Demo;
using Alerts.Demo.Receivers;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Channels;

/// <summary>Addresses that somebody would give to reach what is not theirs: none is connected to, whether or not the form refuses it first.</summary>
public sealed class HostileAddressesTests
{
    static readonly DeliveryResult notPublic = new DeliveryResult.Deferred("The address is not of the public internet.");

    public static TheoryData<string> Literals =>
    [
        "127.0.0.1", "127.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0",
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.254", "3232235777",
        "169.254.169.254", "0xa9fea9fe", "2852039166", "169.254.170.2", "100.64.0.1", "100.127.255.254", "100.100.100.200", "192.0.0.192",
        "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001:0:7f00:1::]",
        "[fe80::1]", "[fe80::a9fe:a9fe]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[100::1]",
    ];

    public static TheoryData<string, string> Names => new()
    {
        { "localhost", "127.0.0.1" }, { "alerts.localhost", "::1" }, { "metadata.google.internal", "169.254.169.254" }, { "router.example.org", "192.168.1.1" },
        { "mapped.example.org", "::ffff:10.0.0.1" }, { "nat64.example.org", "64:ff9b::a00:1" }, { "both.example.org", "93.184.215.14 127.0.0.1" }, { "none.example.org", "" },
    };

    [Theory, MemberData(nameof(Literals))]
    public async Task An_address_that_is_not_public_is_refused_by_the_form_and_not_connected_to(string host)
    {
        Assert.NotNull(ChannelUrl.Check($"https://{host}/alerts", allowLoopback: false));

        Assert.Equal(notPublic, await SendAsync($"http://{host}:9/alerts", Resolving()));
        Assert.Equal(notPublic, await PushAsync($"http://{host}:9/alerts", Resolving()));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_name_of_an_address_that_is_not_public_is_not_connected_to(string name, string addresses)
    {
        Assert.Equal(notPublic, await SendAsync($"https://{name}/alerts", Resolving(addresses)));
        Assert.Equal(notPublic, await PushAsync($"https://{name}/alerts", Resolving(addresses)));
    }

    [Fact]
    public void There_are_sixty_of_them_and_more() => Assert.Equal(62, Literals.Count + Names.Count);

    [Fact]
    public async Task A_name_that_means_another_address_at_each_look_up_is_looked_up_once_and_connected_to_where_it_was_checked()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var lookUps = 0;
        var connection = new ChannelConnection(allowLoopback: true, (_, _) =>
            Task.FromResult<IPAddress[]>([IPAddress.Parse(lookUps++ == 0 ? "127.0.0.1" : "10.0.0.1")]));
        using var http = new ChannelHttp(new ChannelOptions(), connection, new FakeTimeProvider());

        var sending = http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, $"http://rebinding.example.org:{((IPEndPoint)listener.LocalEndpoint).Port}/"), () => true, answer => answer.ToResult(),
            TestContext.Current.CancellationToken);
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(new DeliveryResult.Accepted(), await sending);
        Assert.Equal(1, lookUps);
    }

    [Theory]
    [InlineData("http://example.org/"), InlineData("ftp://example.org/"), InlineData("https://me@example.org/"), InlineData("https://example.org@127.0.0.1/")]
    [InlineData("https://example.org#@127.0.0.1/"), InlineData("https://exa mple.org/"), InlineData("https://example.org\\@127.0.0.1/"), InlineData("https://intranet/")]
    [InlineData("https://localhost/"), InlineData("https://127。0。0。1/"), InlineData("file:///etc/passwd"), InlineData("//example.org/"), InlineData(""), InlineData(null)]
    public void An_address_of_another_form_is_refused(string? url) => Assert.NotNull(ChannelUrl.Check(url, allowLoopback: false));

    [Theory, InlineData("https://example.org/alerts?key=1"), InlineData("https://93.184.215.14:8443/"), InlineData("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/")]
    public void A_public_address_is_taken(string url) => Assert.Null(ChannelUrl.Check(url, allowLoopback: false));

    /// <summary>A browser's push service is an address that its user gives, too, and the package that encrypts is not to go around the check.</summary>
    static async Task<DeliveryResult> PushAsync(string url, ChannelConnection connection)
    {
        using var http = new ChannelHttp(new ChannelOptions(), connection, new FakeTimeProvider());
        var channel = new WebPushChannel(http, Options.Create(new ChannelOptions { WebPushKey = DemoOptions.WebPushKey }), Options.Create(new AlertsOptions()));
        var notification = new Notification { Id = "u-1.1.c-00000001", Kind = NotificationKind.Confirmation, CreatedAt = DateTimeOffset.UnixEpoch };
        return await channel.SendAsync(
            new ChannelTarget { Url = url, Keys = new PushKeys(PushBrowser.P256dh, PushBrowser.Auth) },
            new ChannelMessage
            {
                Id = notification.Id, At = DateTimeOffset.UnixEpoch, Type = ChannelMessageType.Test, Title = "Test", Url = "https://example.org/", UrlText = "See", Notification = notification,
            },
            () => true,
            TestContext.Current.CancellationToken);
    }

    static ChannelConnection Resolving(string addresses = "") =>
        new(allowLoopback: false, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]));

    static async Task<DeliveryResult> SendAsync(string url, ChannelConnection connection)
    {
        using var http = new ChannelHttp(new ChannelOptions(), connection, new FakeTimeProvider());
        return await http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, url), () => true, answer => answer.ToResult(), TestContext.Current.CancellationToken);
    }
}
