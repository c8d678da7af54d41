using System.Text;

namespace Alerts.Demo.Mailbox;

/// <summary>The mail a client is handing over: MAIL, RCPT, DATA and the message. One after the other on a connection.</summary>
sealed class SmtpTransaction(long connectionId, SmtpConversation talk, MailboxOptions options, MailStore store)
{
    readonly MailDataScanner scanner = new(options.MaxMessageBytes, store.KeepsMails);
    readonly List<string> recipients = [];
    string? sender;
    bool isSmtpUtf8;

    /// <summary>Whether MAIL was accepted and its mail is not finished.</summary>
    public bool IsBegun => sender is not null;

    public void Reset()
    {
        sender = null;
        isSmtpUtf8 = false;
        recipients.Clear();
    }

    /// <summary>MAIL. Parameters are an extension: without EHLO there are none.</summary>
    public async ValueTask MailAsync(string argument, bool isExtended, byte[]? refusedBefore, CancellationToken cancellation)
    {
        if (!await talk.PassesAsync(SmtpStage.Mail, [], cancellation))
            return;
        var utf8 = false;
        if (refusedBefore is not null)
            talk.Refuse(refusedBefore);
        else if (IsBegun)
            talk.Refuse(SmtpReply.BadSequence);
        else if (!SmtpPath.TryRead(argument, "FROM:", out var address, out var parameters))
            talk.Refuse(SmtpReply.BadArguments);
        else if (address.Length > 0 && !SmtpPath.IsAddress(address))
            talk.Refuse(SmtpReply.BadSender);
        else if (parameters.Length > 0 && !isExtended)
            talk.Refuse(SmtpReply.UnknownParameter);
        else if (SmtpParameters.RefusalOfMail(parameters, options.MaxMessageBytes, out utf8) is { } refusal)
            talk.Refuse(refusal);
        else if (!utf8 && !Ascii.IsValid(address))
            talk.Refuse(SmtpReply.NeedsSmtpUtf8);
        else
        {
            sender = address;
            isSmtpUtf8 = utf8;
            talk.Reply(SmtpReply.SenderOk);
        }
    }

    public async ValueTask RcptAsync(string argument, bool isExtended, CancellationToken cancellation)
    {
        var isReadable = SmtpPath.TryRead(argument, "TO:", out var address, out var parameters);
        if (!await talk.PassesAsync(SmtpStage.Rcpt, [address], cancellation))
            return;
        if (!IsBegun)
            talk.Refuse(SmtpReply.BadSequence);
        else if (!isReadable)
            talk.Refuse(SmtpReply.BadArguments);
        else if (!SmtpPath.IsAddress(address) && !address.Equals("postmaster", StringComparison.OrdinalIgnoreCase))
            talk.Refuse(SmtpReply.BadRecipient);
        else if (parameters.Length > 0 && !isExtended)
            talk.Refuse(SmtpReply.UnknownParameter);
        else if (SmtpParameters.RefusalOfRcpt(parameters) is { } refusal)
            talk.Refuse(refusal);
        else if (!isSmtpUtf8 && !Ascii.IsValid(address))
            talk.Refuse(SmtpReply.NeedsSmtpUtf8);
        else if (recipients.Count >= options.MaxRecipients)
            talk.Refuse(SmtpReply.TooManyRecipients);
        else
        {
            recipients.Add(address);
            talk.Reply(SmtpReply.RecipientOk);
        }
    }

    public async ValueTask DataAsync(string argument, CancellationToken cancellation)
    {
        if (!await talk.PassesAsync(SmtpStage.Data, recipients, cancellation))
            return;
        if (argument.Length > 0)
            talk.Refuse(SmtpReply.BadArguments);
        else if (sender is null)
            talk.Refuse(SmtpReply.BadSequence);
        else if (recipients.Count == 0)
            talk.Refuse(SmtpReply.NoRecipients);
        else
        {
            talk.Reply(SmtpReply.StartInput);
            await MessageAsync(sender, cancellation);
            Reset();
        }
    }

    async ValueTask MessageAsync(string from, CancellationToken cancellation)
    {
        scanner.Reset();
        if (talk.IsWatched && !(await talk.Channel.HasInputAsync(cancellation) && await talk.PassesAsync(SmtpStage.Body, recipients, cancellation)))
        {
            talk.Close();
            return;
        }
        if (!await talk.Channel.ReadMessageAsync(scanner, 4L * options.MaxMessageBytes, cancellation))
        {
            talk.Reply(SmtpReply.TooMuchInput);
            talk.Close();
            return;
        }
        if (!await talk.PassesAsync(SmtpStage.AfterDot, recipients, cancellation))
            return;
        if (scanner.Refusal is { } refusal)
        {
            talk.Refuse(refusal);
            return;
        }
        store.Add(from, recipients, scanner.Message, connectionId);
        if (await talk.PassesAsync(SmtpStage.Accepted, recipients, cancellation))
            talk.Reply(SmtpReply.Accepted);
    }
}
