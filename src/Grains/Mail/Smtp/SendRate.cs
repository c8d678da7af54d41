namespace Alerts.Mail.Smtp;

/// <summary>
/// One limit of mails per second, by the generic cell rate algorithm (ITU-T I.371). The mails of one second, and at least one, may be sent
/// at once. Not safe for concurrent use.
/// </summary>
sealed class SendRate(double perSecond)
{
    readonly TimeSpan interval = TimeSpan.FromSeconds(1 / perSecond);
    readonly TimeSpan burst = TimeSpan.FromSeconds(Math.Max(0, 1 - (1 / perSecond)));
    DateTimeOffset spent;

    /// <summary>How long the next mail must wait.</summary>
    public TimeSpan WaitAt(DateTimeOffset now) => spent - burst - now is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <summary>Reserves a place for the next mail.</summary>
    public void Take(DateTimeOffset now) => spent = (spent > now ? spent : now) + interval;

    /// <summary>Whether the limit is unused, so that it need not be remembered.</summary>
    public bool IsFreshAt(DateTimeOffset now) => spent <= now;
}
