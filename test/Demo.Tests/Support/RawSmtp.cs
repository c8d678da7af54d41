using System.Net;
using System.Net.Sockets;
using System.Text;
using Alerts.Demo.Mailbox;

namespace Alerts.Demo.Tests.Support;

/// <summary>An SMTP client that sends exactly the bytes it is told to, however wrong.</summary>
sealed class RawSmtp : IAsyncDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    StreamReader reader;

    RawSmtp()
    {
        Stream = null!;
        reader = null!;
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Stream Stream { get; private set; }

    /// <summary>Connects and reads nothing yet.</summary>
    public static async Task<RawSmtp> ConnectAsync(MailboxServer server)
    {
        var client = new RawSmtp();
        await client.socket.ConnectAsync(IPAddress.Loopback, server.SmtpPort, Cancellation);
        client.Use(new NetworkStream(client.socket, ownsSocket: true));
        return client;
    }

    /// <summary>Connects, reads the greeting and says EHLO.</summary>
    public static async Task<RawSmtp> GreetAsync(MailboxServer server)
    {
        var client = await ConnectAsync(server);
        Assert.StartsWith("220 ", await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250-", await client.AskAsync("EHLO test"), StringComparison.Ordinal);
        return client;
    }

    /// <summary>Goes on over another stream, such as TLS.</summary>
    public void Use(Stream stream)
    {
        Stream = stream;
        reader = new StreamReader(stream, Encoding.Latin1);
    }

    /// <summary>Sends a line and reads the reply to it.</summary>
    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReplyAsync();
    }

    /// <summary>MAIL, RCPT and DATA, each answered as it should be.</summary>
    public async Task BeginDataAsync(string recipient = "ann@example.org")
    {
        Assert.Equal("250 2.1.0 Ok", await AskAsync("MAIL FROM:<alerts@example.org>"));
        Assert.Equal("250 2.1.5 Ok", await AskAsync($"RCPT TO:<{recipient}>"));
        Assert.StartsWith("354 ", await AskAsync("DATA"), StringComparison.Ordinal);
    }

    public Task SendAsync(string bytes) => Stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Cancellation).AsTask();

    /// <summary>One reply, its lines joined by LF; null when the server closed.</summary>
    public async Task<string?> ReplyOrEndAsync()
    {
        var reply = new StringBuilder();
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            reply.Append(reply.Length == 0 ? "" : "\n").Append(line);
            if (line.Length < 4 || line[3] != '-')
                return reply.ToString();
        }
        return null;
    }

    public async Task<string> ReplyAsync() => await ReplyOrEndAsync() ?? throw new EndOfStreamException("The server closed.");

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
