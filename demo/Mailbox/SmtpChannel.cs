using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Alerts.Demo.Mailbox;

/// <summary>
/// The bytes of one SMTP connection. Replies are gathered and sent just before the server would wait for the client, so that
/// pipelined commands are answered in one packet. Used by one session at a time.
/// </summary>
sealed class SmtpChannel(Socket socket, Action received) : IAsyncDisposable
{
    /// <summary>Also the most a client's line may be: there is never more than this of it in memory.</summary>
    public const int BufferBytes = 16 * 1024;

    /// <summary>An endless line is given up after this many bytes.</summary>
    const int MaxDroppedBytes = 1024 * 1024;

    readonly byte[] input = new byte[BufferBytes];
    byte[] output = new byte[1024];
    Stream stream = new NetworkStream(socket, ownsSocket: true);
    int start;
    int end;
    int toSend;

    public bool IsEncrypted => stream is SslStream;

    public void Write(ReadOnlySpan<byte> reply)
    {
        if (toSend + reply.Length > output.Length)
            Array.Resize(ref output, Math.Max(output.Length * 2, toSend + reply.Length));
        reply.CopyTo(output.AsSpan(toSend));
        toSend += reply.Length;
    }

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (toSend == 0)
            return;
        var bytes = output.AsMemory(0, toSend);
        toSend = 0;
        await stream.WriteAsync(bytes, cancellation);
    }

    /// <summary>The next line of at most <paramref name="maxBytes"/> with its CRLF.</summary>
    public async ValueTask<SmtpLine> ReadLineAsync(int maxBytes, CancellationToken cancellation)
    {
        var dropped = 0;
        while (true)
        {
            var length = input.AsSpan(start, end - start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Take(length);
                return dropped > 0 || length + 2 > maxBytes ? new SmtpLine(SmtpLineKind.TooLong, "") : line;
            }
            if (end - start > maxBytes)
            {
                // All but the last byte, which may be the CR of the line's end.
                dropped += end - start - 1;
                start = end - 1;
                if (dropped > MaxDroppedBytes)
                    return new SmtpLine(SmtpLineKind.End, "");
            }
            if (!await ReceiveAsync(cancellation))
                return new SmtpLine(SmtpLineKind.End, "");
        }
    }

    /// <summary>Waits until there is something to read; false when the client is gone.</summary>
    public ValueTask<bool> HasInputAsync(CancellationToken cancellation) =>
        end > start ? ValueTask.FromResult(true) : ReceiveAsync(cancellation);

    /// <summary>Feeds the scanner until the message ends; false when the client is gone or has sent more than <paramref name="maxBytes"/>.</summary>
    public async ValueTask<bool> ReadMessageAsync(MailDataScanner scanner, long maxBytes, CancellationToken cancellation)
    {
        while (true)
        {
            var ended = scanner.Read(input.AsSpan(start, end - start), out var consumed);
            start += consumed;
            if (ended)
                return true;
            if (scanner.Size > maxBytes || !await ReceiveAsync(cancellation))
                return false;
        }
    }

    /// <summary>Goes on under TLS. What the client sent before the handshake is dropped: it may be another's (RFC 3207 4.2).</summary>
    public async Task StartTlsAsync(X509Certificate2 certificate, CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        start = end = 0;
        var encrypted = new SslStream(stream);
        stream = encrypted;
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
    }

    /// <summary>Resets the connection: the client sees an error, not an end.</summary>
    public void Abort()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // It has ended by itself.
        }
        socket.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        DropUnread();
        return stream.DisposeAsync();
    }

    /// <summary>Closing over unread bytes would reset the connection, and the last reply could be lost with it.</summary>
    void DropUnread()
    {
        try
        {
            for (var dropped = 0; dropped < MaxDroppedBytes && socket.Available > 0;)
                dropped += socket.Receive(input);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // It was reset already.
        }
    }

    async ValueTask<bool> ReceiveAsync(CancellationToken cancellation)
    {
        if (start == end)
        {
            start = end = 0;
        }
        else if (end == input.Length)
        {
            input.AsSpan(start, end - start).CopyTo(input);
            end -= start;
            start = 0;
        }
        await FlushAsync(cancellation);
        var count = await stream.ReadAsync(input.AsMemory(end), cancellation);
        end += count;
        received();
        return count > 0;
    }

    SmtpLine Take(int length)
    {
        var bytes = input.AsSpan(start, length);
        start += length + 2;
        return bytes.IndexOfAnyInRange((byte)0, (byte)31) >= 0
            ? new SmtpLine(SmtpLineKind.Malformed, "")
            : new SmtpLine(SmtpLineKind.Text, Encoding.UTF8.GetString(bytes));
    }
}
