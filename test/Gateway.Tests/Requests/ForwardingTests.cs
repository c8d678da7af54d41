using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alerts.Gateway.Tests.Requests;

/// <summary>Behind reverse proxies. The proxy connects from 127.0.0.2, everybody else from 127.0.0.1.</summary>
public sealed class ForwardingTests : IDisposable
{
    const string ProxyAddress = "127.0.0.2";
    readonly HttpClient proxy = From(ProxyAddress);
    readonly HttpClient stranger = From("127.0.0.1");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_behind_a_trusted_proxy_have_a_bucket_each_whatever_they_say_themselves()
    {
        await using var gateway = await StartAsync(("Alerts:Forwarding:TrustedProxies:0", ProxyAddress), ("Alerts:RateLimits:AnonymousPerMinute", "2"));

        Assert.Equal("404 404 429", await AskAsync(gateway, proxy, "203.0.113.7", "203.0.113.7", "203.0.113.7"));
        Assert.Equal("404 404 429", await AskAsync(gateway, proxy, "203.0.113.8", "203.0.113.8", "203.0.113.8"));
        // What a caller sent itself stands before what the proxy added.
        Assert.Equal("404 404 429", await AskAsync(gateway, proxy, "198.51.100.1, 203.0.113.9", "198.51.100.2, 203.0.113.9", "198.51.100.3, 203.0.113.9"));
        // The proxy's own address has paid for none of it.
        Assert.Equal("404", await AskAsync(gateway, proxy, [null]));
    }

    [Fact]
    public async Task What_anybody_else_says_of_the_caller_is_ignored()
    {
        await using var gateway = await StartAsync(("Alerts:Forwarding:TrustedProxies:0", ProxyAddress), ("Alerts:RateLimits:AnonymousPerMinute", "2"));

        Assert.Equal("404 404 429", await AskAsync(gateway, stranger, "203.0.113.1", "203.0.113.2", "203.0.113.3"));
    }

    [Fact]
    public async Task Without_proxies_in_the_settings_nobody_is_believed()
    {
        await using var gateway = await StartAsync(("Alerts:Forwarding:TrustedProxies:0", ""), ("Alerts:RateLimits:AnonymousPerMinute", "2"));

        Assert.Equal("404 404 429", await AskAsync(gateway, proxy, "203.0.113.1", "203.0.113.2", "203.0.113.3"));
    }

    [Fact]
    public async Task Through_two_proxies_it_is_the_caller_of_the_first()
    {
        await using var gateway = await StartAsync(
            ("Alerts:Forwarding:TrustedProxies:0", "127.0.0.0/8"), ("Alerts:Forwarding:TrustedProxies:1", "10.0.0.0/8"), ("Alerts:Forwarding:Limit", "2"), ("Alerts:RateLimits:AnonymousPerMinute", "1"));

        Assert.Equal("404 404 429", await AskAsync(gateway, proxy, "203.0.113.7, 10.1.2.3", "203.0.113.8, 10.1.2.3", "203.0.113.7, 10.3.2.1"));
        // Two proxies are all there are: a third one is the caller, whatever it says.
        Assert.Equal("404 429", await AskAsync(gateway, proxy, "203.0.113.1, 10.9.9.9, 10.1.2.3", "203.0.113.2, 10.9.9.9, 10.1.2.3"));
    }

    [Theory]
    [InlineData(ProxyAddress, "https", "evil.example.com")]
    [InlineData("127.0.0.1", "http", "evil.example.com")]
    public async Task The_document_names_the_server_of_the_settings_whatever_a_caller_says(string peer, string scheme, string host)
    {
        await using var gateway = await StartAsync(("Alerts:Forwarding:TrustedProxies:0", ProxyAddress), ("Alerts:PublicUrl", "https://alerts.example.org"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "/openapi/v1.json"));
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-Host", host);
        request.Headers.Host = host;

        var document = await (peer == ProxyAddress ? proxy : stranger).SendAsync(request, Cancellation).IsAsync(200);

        Assert.Equal("https://alerts.example.org", Assert.Single(document.GetProperty("servers").EnumerateArray()).Text("url"));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(ProxyAddress, 0)]
    public async Task Forwarded_headers_without_a_trusted_proxy_are_warned_of_once(string? trusted, int warnings)
    {
        var log = new WarningLog();
        await using var gateway = await TestGateway.StartAsync(
            settings: new Dictionary<string, string?> { ["Alerts:Forwarding:TrustedProxies:0"] = trusted, ["Logging:LogLevel:Alerts.Gateway.Forwarding"] = "Warning" },
            configure: services => services.AddSingleton<ILoggerProvider>(log));

        await AskAsync(gateway, stranger, [null]);
        Assert.DoesNotContain(log.Warnings, warning => warning.Contains("TrustedProxies", StringComparison.Ordinal));
        await AskAsync(gateway, stranger, "203.0.113.1", "203.0.113.2");

        Assert.Equal(warnings, log.Warnings.Count(warning => warning.Contains("Alerts__Forwarding__TrustedProxies__0", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("10.0.0.0/99")]
    [InlineData("proxy.example.org")]
    public async Task A_network_that_is_none_stops_the_start(string network)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(("Alerts:Forwarding:TrustedProxies:0", "10.0.0.7"), ("Alerts:Forwarding:TrustedProxies:1", network)));

        Assert.Contains($"Alerts:Forwarding:TrustedProxies: \"{network}\" is no IP address and no network", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        proxy.Dispose();
        stranger.Dispose();
    }

    static Task<TestGateway> StartAsync(params (string Name, string Value)[] settings) =>
        TestGateway.StartAsync(settings: settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));

    /// <summary>One request for each value of X-Forwarded-For; their statuses.</summary>
    static async Task<string> AskAsync(TestGateway gateway, HttpClient peer, params string?[] forwardedFor)
    {
        var statuses = new List<int>();
        foreach (var value in forwardedFor)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "/nowhere"));
            if (value is not null)
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", value);
            using var response = await peer.SendAsync(request, Cancellation);
            statuses.Add((int)response.StatusCode);
        }

        return string.Join(' ', statuses);
    }

    /// <summary>A caller who connects from this address of the machine.</summary>
    static HttpClient From(string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}
