using System.IO.Hashing;
using System.Text;
using Alerts.State;

namespace Alerts.Outbox;

/// <summary>
/// When a deferred mail is tried again: after one minute, then twice as long each time, an hour at most, for a day. Each wait is up to a
/// quarter shorter or longer, by a hash of the mail and the attempt, so that mails deferred together do not come back together. Pure.
/// </summary>
public static class RetrySchedule
{
    /// <summary>How long a mail is tried (RFC 5321, 4.5.4.1 asks for days; alerts older than one are no news).</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    static readonly BackOff backOff = new(First: TimeSpan.FromMinutes(1), Max: TimeSpan.FromHours(1));
    const double Spread = 0.25;

    /// <summary>
    /// Attempts to compose a mail before it is given up: half an hour. That is time to take back a release which composes no mails, and not
    /// so long that one mail keeps the user's later news, which joins it, from leaving.
    /// </summary>
    public const int MaxComposeAttempts = 6;

    /// <summary>The entry with one more attempt behind it and the next one set; null when it is given up.</summary>
    public static OutboxEntry? Next(OutboxEntry entry, DeferralCause cause, DateTimeOffset now) =>
        IsOver(entry, cause, now) ? null : Again(entry, cause, now);

    /// <summary>The entry with one more attempt behind it and the next one set, for however long it was tried.</summary>
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

    /// <summary>Whether a mail deferred now has been tried for long enough.</summary>
    public static bool IsOver(OutboxEntry entry, DeferralCause cause, DateTimeOffset now) =>
        now - entry.Notification.CreatedAt >= GiveUpAfter
        || (cause is DeferralCause.Compose && entry.ComposeFaults + 1 >= MaxComposeAttempts);

    /// <summary>0 to 1, the same for the same mail and attempt.</summary>
    static double PartOf(OutboxEntry entry) =>
        XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{entry.Notification.Id}#{entry.Attempts}")) / (double)uint.MaxValue;
}
