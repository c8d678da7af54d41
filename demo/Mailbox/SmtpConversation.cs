namespace Alerts.Demo.Mailbox;

/// <summary>The server's side of the talk: what it replies, when a fault replies instead, and whether it goes on.</summary>
sealed class SmtpConversation(SmtpChannel channel, SmtpStages stages)
{
    /// <summary>A client with this many refused commands gets 421 and is closed.</summary>
    const int MaxErrors = 50;

    int errors;

    /// <summary>Whether the client is still served.</summary>
    public bool IsOpen { get; private set; } = true;

    public SmtpChannel Channel => channel;

    /// <summary>Whether stages are to be passed at all: they are not where nobody watches and no fault is to strike.</summary>
    public bool IsWatched => stages.AreWatched;

    public void Reply(ReadOnlySpan<byte> reply) => channel.Write(reply);

    public void Refuse(byte[] reply)
    {
        Reply(reply);
        if (++errors < MaxErrors)
            return;
        Reply(SmtpReply.TooManyErrors);
        Close();
    }

    /// <summary>Ends the talk after the replies that are written.</summary>
    public void Close() => IsOpen = false;

    /// <summary>Whether the talk goes on as it should; false when a fault has replied or closed instead.</summary>
    public ValueTask<bool> PassesAsync(SmtpStage stage, IReadOnlyList<string> recipients, CancellationToken cancellation) =>
        stages.AreWatched ? WatchedAsync(stage, recipients, cancellation) : ValueTask.FromResult(true);

    async ValueTask<bool> WatchedAsync(SmtpStage stage, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        // Earlier replies of a pipelined group go out before this stage is held.
        await channel.FlushAsync(cancellation);
        var fault = await stages.ReachAsync(stage, recipients, cancellation);
        switch (fault?.Kind)
        {
            case null:
                return true;
            case MailboxFaultKind.Reply:
                Reply(SmtpReply.Line($"{fault.Code} {fault.Text}"));
                IsOpen = fault.Code != 421 && stage != SmtpStage.Connect;
                return false;
            case MailboxFaultKind.Garbage:
                Reply(SmtpReply.Garbage);
                return false;
            default:
                Close();
                channel.Abort();
                return false;
        }
    }
}
