using System.IO.Hashing;
using System.Text;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Outbox;

/// <summary>
/// When a deferred mail is tried again: after one minute, then twice as long each time, at most an hour, for a day. A hash of mail and
/// attempt makes each wait up to a quarter shorter or longer, so that mails deferred together are not all retried together. Pure.
/// </summary>
public static class RetrySchedule
{
    /// <summary>How long a mail is tried. RFC 5321, 4.5.4.1 asks for days, but an alert older than one day is no news.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    static readonly BackOff backOff = new(First: TimeSpan.FromMinutes(1), Max: TimeSpan.FromHours(1));
    const double Spread = 0.25;

    /// <summary>
    /// Attempts to compose a mail before it is given up, about half an hour. In that time an operator can roll back a faulty release. A
    /// longer time would keep back the user's later news, which joins the same mail.
    /// </summary>
    public const int MaxComposeAttempts = 6;

    /// <summary>The entry after one more attempt, with the time of the next one; null when it is given up.</summary>
    public static OutboxEntry? Next(OutboxEntry entry, DeferralCause cause, DateTimeOffset now) =>
        IsOver(entry, cause, now) ? null : Again(entry, cause, now);

    /// <summary>The same without a limit on the number of attempts.</summary>
    public static OutboxEntry Again(OutboxEntry entry, DeferralCause cause, DateTimeOffset now)
    {
        var wait = backOff.After(entry.Attempts + 1) * (1 - Spread + (2 * Spread * PartOf(entry)));
        return entry with
        {
            Attempts = entry.Attempts + 1,
            ComposeFaults = entry.ComposeFaults + (cause is DeferralCause.Compose ? 1 : 0),
            NextAttemptAt = now + wait,
        };
    }

    /// <summary>Whether a mail deferred now has been tried long enough.</summary>
    public static bool IsOver(OutboxEntry entry, DeferralCause cause, DateTimeOffset now) =>
        now - entry.Notification.CreatedAt >= GiveUpAfter
        || (cause is DeferralCause.Compose && entry.ComposeFaults + 1 >= MaxComposeAttempts);

    static double PartOf(OutboxEntry entry) =>
        XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{entry.Notification.Id}#{entry.Attempts}")) / (double)uint.MaxValue;
}
