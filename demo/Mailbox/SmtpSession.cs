using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Alerts.Demo.Mailbox;

/// <summary>One client's connection from its greeting to its end: reads a command, has it carried out. RFC 5321 with the extensions that EHLO lists.</summary>
sealed class SmtpSession : IAsyncDisposable
{
    /// <summary>Longest command line with its CRLF: the 512 bytes of RFC 5321 and room for the extensions' parameters.</summary>
    public const int MaxCommandBytes = 2_048;

    readonly MailboxOptions options;
    readonly TimeProvider clock;
    readonly SmtpChannel channel;
    readonly SmtpConversation talk;
    readonly SmtpTransaction transaction;

    /// <summary>Not disposed: it holds nothing, and the idle sweep may reach a session that has just ended.</summary>
    readonly CancellationTokenSource cancellation = new();

    bool isGreeted;
    bool isExtended;
    bool isAuthenticated;
    long lastReceived;
    volatile bool isIdle;

    public SmtpSession(long id, Socket socket, MailboxOptions options, MailStore store, SmtpStages stages, TimeProvider clock)
    {
        Id = id;
        this.options = options;
        this.clock = clock;
        lastReceived = clock.GetTimestamp();
        channel = new SmtpChannel(socket, () => Volatile.Write(ref lastReceived, clock.GetTimestamp()));
        talk = new SmtpConversation(channel, stages);
        transaction = new SmtpTransaction(id, talk, options, store);
    }

    public long Id { get; }

    /// <summary>Runs to the end of the connection; a client that breaks off is an end like another.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await PassesAsync(SmtpStage.Connect))
                talk.Reply(SmtpReply.Line($"220 {options.HostName} ESMTP demo mailbox"));
            while (talk.IsOpen)
                await AnswerAsync(await channel.ReadLineAsync(MaxCommandBytes, cancellation.Token));
            await channel.FlushAsync(cancellation.Token);
        }
        catch (OperationCanceledException) when (isIdle)
        {
            await SayIdleAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            // The client is gone, or the server is being stopped: nobody is left to answer.
        }
    }

    /// <summary>Ends the connection with 421 if the client has been silent for the idle timeout.</summary>
    public void EndIfIdle()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref lastReceived)) < options.IdleTimeout)
            return;
        isIdle = true;
        cancellation.Cancel();
    }

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        // In this order: a session that wakes first would close its end in peace.
        channel.Abort();
        cancellation.Cancel();
    }

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    ValueTask AnswerAsync(SmtpLine line)
    {
        switch (line.Kind)
        {
            case SmtpLineKind.Text:
                return CommandAsync(line.Text);
            case SmtpLineKind.TooLong:
                talk.Refuse(SmtpReply.LineTooLong);
                break;
            case SmtpLineKind.Malformed:
                talk.Refuse(SmtpReply.BadLine);
                break;
            default:
                talk.Close();
                break;
        }
        return ValueTask.CompletedTask;
    }

    ValueTask CommandAsync(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..].Trim(' ');
        switch (verb)
        {
            case "EHLO":
                return HelloAsync(argument, extended: true);
            case "HELO":
                return HelloAsync(argument, extended: false);
            case "AUTH":
                return AuthAsync(argument);
            case "STARTTLS":
                return StartTlsAsync(argument);
            case "MAIL":
                return transaction.MailAsync(argument, isExtended, RefusalOfMail(), cancellation.Token);
            case "RCPT":
                return transaction.RcptAsync(argument, isExtended, cancellation.Token);
            case "DATA":
                return transaction.DataAsync(argument, cancellation.Token);
            case "NOOP":
                return NoopAsync();
            default:
                AnswerSimple(verb, argument);
                return ValueTask.CompletedTask;
        }
    }

    void AnswerSimple(string verb, string argument)
    {
        switch (verb)
        {
            case "HELP":
                talk.Reply(SmtpReply.Help);
                break;
            case "RSET" when argument.Length == 0:
                transaction.Reset();
                talk.Reply(SmtpReply.Ok);
                break;
            case "QUIT" when argument.Length == 0:
                talk.Reply(SmtpReply.Bye);
                talk.Close();
                break;
            case "VRFY" when argument.Length > 0:
                talk.Reply(SmtpReply.CannotVerify);
                break;
            case "RSET" or "QUIT" or "VRFY":
                talk.Refuse(SmtpReply.BadArguments);
                break;
            case "EXPN" or "ETRN" or "BDAT" or "TURN":
                talk.Refuse(SmtpReply.NotOffered);
                break;
            default:
                talk.Refuse(SmtpReply.UnknownCommand);
                break;
        }
    }

    async ValueTask HelloAsync(string argument, bool extended)
    {
        if (!await PassesAsync(SmtpStage.Hello))
            return;
        if (argument.Length == 0)
        {
            talk.Refuse(SmtpReply.BadArguments);
            return;
        }
        transaction.Reset();
        isGreeted = true;
        isExtended = extended;
        talk.Reply(extended ? Extensions() : SmtpReply.Line($"250 {options.HostName}"));
    }

    async ValueTask NoopAsync()
    {
        if (await PassesAsync(SmtpStage.Noop))
            talk.Reply(SmtpReply.Ok);
    }

    async ValueTask AuthAsync(string argument)
    {
        if (!await PassesAsync(SmtpStage.Auth))
            return;
        if (!isExtended || isAuthenticated || transaction.IsBegun)
        {
            talk.Refuse(SmtpReply.BadSequence);
            return;
        }
        var reply = await new SmtpAuthentication(channel, options).ExchangeAsync(argument, cancellation.Token);
        isAuthenticated = reply == SmtpReply.Authenticated;
        if (reply is null)
            talk.Close();
        else if (isAuthenticated)
            talk.Reply(reply);
        else
            talk.Refuse(reply);
    }

    async ValueTask StartTlsAsync(string argument)
    {
        if (options.Certificate is not { } certificate)
            talk.Refuse(SmtpReply.NotOffered);
        else if (argument.Length > 0)
            talk.Refuse(SmtpReply.BadArguments);
        else if (!isExtended || channel.IsEncrypted || transaction.IsBegun)
            talk.Refuse(SmtpReply.BadSequence);
        else
        {
            talk.Reply(SmtpReply.ReadyForTls);
            await channel.StartTlsAsync(certificate, cancellation.Token);
            // What was said in the clear does not count any more (RFC 3207 4.2).
            isGreeted = isExtended = isAuthenticated = false;
        }
    }

    byte[]? RefusalOfMail() =>
        !isGreeted ? SmtpReply.BadSequence
        : options.RequireAuthentication && !isAuthenticated ? SmtpReply.AuthenticationRequired
        : null;

    ValueTask<bool> PassesAsync(SmtpStage stage) => talk.PassesAsync(stage, [], cancellation.Token);

    async Task SayIdleAsync()
    {
        try
        {
            talk.Reply(SmtpReply.Idle);
            await channel.FlushAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client left while it was told.
        }
    }

    byte[] Extensions()
    {
        string[] lines =
        [
            options.HostName,
            "PIPELINING",
            string.Create(CultureInfo.InvariantCulture, $"SIZE {options.MaxMessageBytes}"),
            "8BITMIME",
            "SMTPUTF8",
            "DSN",
            "ENHANCEDSTATUSCODES",
            .. options.Certificate is not null && !channel.IsEncrypted ? ["STARTTLS"] : Array.Empty<string>(),
            "AUTH PLAIN LOGIN",
        ];
        return SmtpReply.Line(string.Join("\r\n", lines.Select((line, index) => (index < lines.Length - 1 ? "250-" : "250 ") + line)));
    }
}
