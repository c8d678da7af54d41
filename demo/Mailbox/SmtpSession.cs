using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Alerts.Demo.Faults;

namespace Alerts.Demo.Mailbox;

/// <summary>One client's conversation: reads a command, passes its stage, answers. RFC 5321 with the extensions that EHLO lists.</summary>
sealed class SmtpSession : IAsyncDisposable
{
    /// <summary>Longest command line with its CRLF: the 512 bytes of RFC 5321 and room for the extensions' parameters.</summary>
    public const int MaxCommandBytes = 2_048;

    /// <summary>A client with this many refused commands gets 421 and is closed.</summary>
    const int MaxErrors = 50;

    readonly MailboxOptions options;
    readonly MailStore store;
    readonly SmtpStages stages;
    readonly TimeProvider clock;
    readonly SmtpChannel channel;
    readonly MailDataScanner scanner;

    /// <summary>Not disposed: it holds nothing, and the idle sweep may reach a session that has just ended.</summary>
    readonly CancellationTokenSource cancellation = new();

    readonly List<string> recipients = [];

    bool open = true;
    bool greeted;
    bool extended;
    bool authenticated;
    bool isSmtpUtf8;
    string? sender;
    int errors;
    long lastReceived;
    volatile bool idle;

    public SmtpSession(long id, Socket socket, MailboxOptions options, MailStore store, SmtpStages stages, TimeProvider clock)
    {
        Id = id;
        this.options = options;
        this.store = store;
        this.stages = stages;
        this.clock = clock;
        lastReceived = clock.GetTimestamp();
        channel = new SmtpChannel(socket, () => Volatile.Write(ref lastReceived, clock.GetTimestamp()));
        scanner = new MailDataScanner(options.MaxMessageBytes, store.KeepsMails);
    }

    public long Id { get; }

    /// <summary>Runs to the end of the conversation; a client that breaks off is an end like another.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await PassesAsync(SmtpStage.Connect))
                Reply(Greeting());
            while (open)
            {
                var line = await channel.ReadLineAsync(MaxCommandBytes, cancellation.Token);
                await AnswerAsync(line);
            }
            await channel.FlushAsync(cancellation.Token);
        }
        catch (OperationCanceledException) when (idle)
        {
            await SayIdleAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client is gone, or the server is being stopped: nobody is left to answer.
        }
    }

    /// <summary>Ends the conversation with 421 if the client has been silent for the idle timeout.</summary>
    public void EndIfIdle()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref lastReceived)) < options.IdleTimeout)
            return;
        idle = true;
        cancellation.Cancel();
    }

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        cancellation.Cancel();
        channel.Abort();
    }

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    ValueTask AnswerAsync(SmtpLine line)
    {
        switch (line.Kind)
        {
            case SmtpLineKind.Text:
                return CommandAsync(line.Text);
            case SmtpLineKind.TooLong:
                Refuse(SmtpReply.LineTooLong);
                break;
            case SmtpLineKind.Malformed:
                Refuse(SmtpReply.BadLine);
                break;
            default:
                open = false;
                break;
        }
        return ValueTask.CompletedTask;
    }

    ValueTask CommandAsync(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..].Trim(' ');
        return verb switch
        {
            "EHLO" => HelloAsync(argument, isExtended: true),
            "HELO" => HelloAsync(argument, isExtended: false),
            "MAIL" => MailAsync(argument),
            "RCPT" => RcptAsync(argument),
            "DATA" => DataAsync(argument),
            "AUTH" => AuthAsync(argument),
            "STARTTLS" => StartTlsAsync(argument),
            _ => Simple(verb, argument),
        };
    }

    ValueTask Simple(string verb, string argument)
    {
        switch (verb)
        {
            case "NOOP":
                Reply(SmtpReply.Ok);
                break;
            case "HELP":
                Reply(SmtpReply.Help);
                break;
            case "RSET" when argument.Length == 0:
                ResetTransaction();
                Reply(SmtpReply.Ok);
                break;
            case "QUIT" when argument.Length == 0:
                Reply(SmtpReply.Bye);
                open = false;
                break;
            case "VRFY" when argument.Length > 0:
                Reply(SmtpReply.CannotVerify);
                break;
            case "RSET" or "QUIT" or "VRFY":
                Refuse(SmtpReply.BadArguments);
                break;
            case "EXPN" or "ETRN" or "BDAT" or "TURN":
                Refuse(SmtpReply.NotOffered);
                break;
            default:
                Refuse(SmtpReply.UnknownCommand);
                break;
        }
        return ValueTask.CompletedTask;
    }

    async ValueTask HelloAsync(string argument, bool isExtended)
    {
        if (!await PassesAsync(SmtpStage.Hello))
            return;
        if (argument.Length == 0)
        {
            Refuse(SmtpReply.BadArguments);
            return;
        }
        ResetTransaction();
        greeted = true;
        extended = isExtended;
        Reply(isExtended ? Extensions() : SmtpReply.Line($"250 {options.HostName}"));
    }

    async ValueTask AuthAsync(string argument)
    {
        if (!await PassesAsync(SmtpStage.Auth))
            return;
        if (!extended || authenticated || sender is not null)
        {
            Refuse(SmtpReply.BadSequence);
            return;
        }
        var reply = await new SmtpAuthentication(channel, options).ExchangeAsync(argument, cancellation.Token);
        authenticated = reply == SmtpReply.Authenticated;
        if (reply is null)
            open = false;
        else if (authenticated)
            Reply(reply);
        else
            Refuse(reply);
    }

    async ValueTask StartTlsAsync(string argument)
    {
        if (options.Certificate is not { } certificate)
            Refuse(SmtpReply.NotOffered);
        else if (argument.Length > 0)
            Refuse(SmtpReply.BadArguments);
        else if (!extended || channel.IsEncrypted || sender is not null)
            Refuse(SmtpReply.BadSequence);
        else
        {
            Reply(SmtpReply.ReadyForTls);
            await channel.StartTlsAsync(certificate, cancellation.Token);
            // What was said in the clear does not count any more (RFC 3207 4.2).
            greeted = extended = authenticated = false;
        }
    }

    async ValueTask MailAsync(string argument)
    {
        if (!await PassesAsync(SmtpStage.Mail))
            return;
        if (!greeted || sender is not null)
            Refuse(SmtpReply.BadSequence);
        else if (options.RequireAuthentication && !authenticated)
            Refuse(SmtpReply.AuthenticationRequired);
        else if (!SmtpPath.TryRead(argument, "FROM:", out var address, out var parameters))
            Refuse(SmtpReply.BadArguments);
        else if (address.Length > 0 && !SmtpPath.IsAddress(address))
            Refuse(SmtpReply.BadSender);
        else if (parameters.Length > 0 && !extended)
            Refuse(SmtpReply.UnknownParameter);
        else if (SmtpParameters.RefusalOfMail(parameters, options.MaxMessageBytes, out isSmtpUtf8) is { } refusal)
            Refuse(refusal);
        else if (!isSmtpUtf8 && !Ascii.IsValid(address))
            Refuse(SmtpReply.NeedsSmtpUtf8);
        else
        {
            sender = address;
            Reply(SmtpReply.SenderOk);
        }
    }

    async ValueTask RcptAsync(string argument)
    {
        var isReadable = SmtpPath.TryRead(argument, "TO:", out var address, out var parameters);
        if (!await PassesAsync(SmtpStage.Rcpt, address))
            return;
        if (sender is null)
            Refuse(SmtpReply.BadSequence);
        else if (!isReadable)
            Refuse(SmtpReply.BadArguments);
        else if (!SmtpPath.IsAddress(address) && !address.Equals("postmaster", StringComparison.OrdinalIgnoreCase))
            Refuse(SmtpReply.BadRecipient);
        else if (parameters.Length > 0 && !extended)
            Refuse(SmtpReply.UnknownParameter);
        else if (SmtpParameters.RefusalOfRcpt(parameters) is { } refusal)
            Refuse(refusal);
        else if (!isSmtpUtf8 && !Ascii.IsValid(address))
            Refuse(SmtpReply.NeedsSmtpUtf8);
        else if (recipients.Count >= options.MaxRecipients)
            Refuse(SmtpReply.TooManyRecipients);
        else
        {
            recipients.Add(address);
            Reply(SmtpReply.RecipientOk);
        }
    }

    async ValueTask DataAsync(string argument)
    {
        if (!await PassesAsync(SmtpStage.Data))
            return;
        if (argument.Length > 0)
            Refuse(SmtpReply.BadArguments);
        else if (sender is null)
            Refuse(SmtpReply.BadSequence);
        else if (recipients.Count == 0)
            Refuse(SmtpReply.NoRecipients);
        else
        {
            Reply(SmtpReply.StartInput);
            await MessageAsync(sender);
            ResetTransaction();
        }
    }

    async ValueTask MessageAsync(string from)
    {
        scanner.Reset();
        if (stages.AreWatched && !(await channel.HasInputAsync(cancellation.Token) && await PassesAsync(SmtpStage.Body)))
        {
            open = false;
            return;
        }
        if (!await channel.ReadMessageAsync(scanner, 4L * options.MaxMessageBytes, cancellation.Token))
        {
            Reply(SmtpReply.TooMuchInput);
            open = false;
            return;
        }
        if (!await PassesAsync(SmtpStage.AfterDot))
            return;
        if (scanner.Refusal is { } refusal)
        {
            Refuse(refusal);
            return;
        }
        store.Add(from, recipients, scanner.Message, Id);
        if (await PassesAsync(SmtpStage.Accepted))
            Reply(SmtpReply.Accepted);
    }

    /// <summary>Whether the conversation goes on as it should; false when a fault has answered or closed instead.</summary>
    ValueTask<bool> PassesAsync(SmtpStage stage, string? recipient = null) =>
        stages.AreWatched ? WatchedAsync(stage, recipient) : ValueTask.FromResult(true);

    async ValueTask<bool> WatchedAsync(SmtpStage stage, string? recipient)
    {
        await channel.FlushAsync(cancellation.Token);
        var fault = await stages.ReachAsync(stage, recipient is null ? recipients : [recipient], cancellation.Token);
        switch (fault?.Kind)
        {
            case null:
                return true;
            case MailboxFaultKind.Reply:
                Reply(SmtpReply.Line($"{fault.Code} {fault.Text}"));
                open = fault.Code != 421 && stage != SmtpStage.Connect;
                return false;
            case MailboxFaultKind.Garbage:
                Reply(SmtpReply.Garbage);
                return false;
            default:
                open = false;
                channel.Abort();
                return false;
        }
    }

    void Reply(ReadOnlySpan<byte> reply) => channel.Write(reply);

    void Refuse(byte[] reply)
    {
        Reply(reply);
        if (++errors < MaxErrors)
            return;
        Reply(SmtpReply.TooManyErrors);
        open = false;
    }

    void ResetTransaction()
    {
        sender = null;
        isSmtpUtf8 = false;
        recipients.Clear();
    }

    async Task SayIdleAsync()
    {
        try
        {
            channel.Write(SmtpReply.Idle);
            await channel.FlushAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client left while it was told.
        }
    }

    byte[] Greeting() => SmtpReply.Line($"220 {options.HostName} ESMTP demo mailbox");

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
