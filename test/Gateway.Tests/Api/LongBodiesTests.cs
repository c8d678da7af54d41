using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Alerts.Gateway.Tests.Api;

/// <summary>Bodies nobody wants, sent by hand over one connection: a caller who is still sending must get to read the answer.</summary>
public class LongBodiesTests(OpenGateway open)
{
    const int Megabyte = 1024 * 1024;
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST /v1/users", 413)]
    [InlineData("PUT /v1/users/u-00000000000000000000000000000000", 401)]
    [InlineData("POST /nowhere", 404)]
    public async Task A_refused_body_is_received_to_its_end_and_the_connection_lasts(string request, int status)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancellation);
        var stream = client.GetStream();

        await SendAsync(stream, $"{request} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Megabyte}\r\n\r\n");
        var refused = await ReadAsync(stream);
        await stream.WriteAsync(new byte[Megabyte], Cancellation);
        await SendAsync(stream, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var next = await ReadAsync(stream);

        Assert.StartsWith($"HTTP/1.1 {status} ", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("Connection: close", refused, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused_once_it_is_too_long()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', GatewayOptions.MaximumBodyBytes + 1))));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/users") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        await gateway.Anonymous.SendAsync(request, Cancellation).IsAsync(413);
    }

    [Fact]
    public async Task Who_sends_megabytes_is_told_that_the_connection_ends()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancellation);
        var stream = client.GetStream();

        await SendAsync(stream, $"POST /v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {GatewayOptions.MaximumDrainedBytes + 1}\r\n\r\n");
        var refused = await ReadAsync(stream);

        Assert.StartsWith("HTTP/1.1 413 ", refused, StringComparison.Ordinal);
        Assert.Contains("Connection: close", refused, StringComparison.Ordinal);
    }

    static async Task SendAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);

    /// <summary>One answer: its head, then its body by whichever length it states.</summary>
    static async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, Cancellation);
            Assert.True(read > 0, $"The connection ended after: {text}");
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    static bool IsWhole(string text)
    {
        const string length = "Content-Length: ";
        if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is not (> 0 and var end))
            return false;
        if (text.IndexOf(length, StringComparison.Ordinal) is > 0 and var at)
            return text.Length - end - 4 == int.Parse(text.AsSpan(at + length.Length, text.IndexOf('\r', at) - at - length.Length), CultureInfo.InvariantCulture);
        return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}
