namespace Alerts.Mail.Smtp;

/// <summary>
/// One limit of mails per second, as the generic cell rate algorithm (ITU-T I.371): a second's worth may go at once, and never less
/// than one mail. Not safe for concurrent use.
/// </summary>
sealed class SendRate(double perSecond)
{
    readonly TimeSpan interval = TimeSpan.FromSeconds(1 / perSecond);
    readonly TimeSpan burst = TimeSpan.FromSeconds(Math.Max(0, 1 - (1 / perSecond)));
    DateTimeOffset spent;

    /// <summary>How long the next mail has to wait.</summary>
    public TimeSpan WaitAt(DateTimeOffset now) => spent - burst - now is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <summary>Gives the next mail its place.</summary>
    public void Take(DateTimeOffset now) => spent = (spent > now ? spent : now) + interval;

    /// <summary>Whether the limit is as good as new, so that it need not be remembered.</summary>
    public bool IsFreshAt(DateTimeOffset now) => spent <= now;
}
