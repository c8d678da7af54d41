using System.Globalization;
using Alerts.Demo.Mailbox;

namespace Alerts.Bench;

/// <summary>
/// When each user was mailed what: the number of the notification is the end of its Message-ID. Counts what came twice and sees
/// who was left out of a round. Safe for concurrent use.
/// </summary>
sealed class MailLedger
{
    /// <summary>Mails further apart than this many periods have a round between them in which the user was not mailed.</summary>
    const double MissedAfter = 1.5;

    readonly Lock gate = new();
    readonly List<(DateTimeOffset At, long Number)>[] mails;
    long count;

    /// <param name="users">Users of a <see cref="Population"/>; mails to others are not looked at.</param>
    public MailLedger(int users) => mails = [.. Enumerable.Range(0, users).Select(_ => new List<(DateTimeOffset, long)>())];

    /// <summary>Mails so far.</summary>
    public long Count
    {
        get
        {
            lock (gate)
                return count;
        }
    }

    /// <summary>Users mailed at least once so far.</summary>
    public int Mailed
    {
        get
        {
            lock (gate)
                return mails.Count(user => user.Count > 0);
        }
    }

    /// <summary>Notes every mail that the mailbox accepts from now until cancelled, in the moment it accepts it.</summary>
    public void Watch(MailboxServer mailbox, CancellationToken cancellationToken) =>
        // Nobody waits for it: it matches nothing and ends by being cancelled.
        _ = mailbox.WaitForMailAsync(
            mail =>
            {
                Note(mail);
                return false;
            },
            cancellationToken);

    /// <summary>How the users fared between two moments.</summary>
    /// <param name="from">The fault.</param>
    /// <param name="to">The end of looking.</param>
    /// <param name="period">The time in which everybody is to be mailed once.</param>
    public LedgerPeriod Look(DateTimeOffset from, DateTimeOffset to, TimeSpan period)
    {
        lock (gate)
        {
            var (received, twice, leftOut, rounds) = (0, 0, 0, 0);
            var longest = TimeSpan.Zero;
            var recovered = from;
            foreach (var user in mails)
            {
                twice += user.Index().Count(mail => mail.Item.At > from && mail.Item.At <= to && user.Take(mail.Index).Any(earlier => earlier.Number == mail.Item.Number));
                var before = user.LastOrDefault(mail => mail.At <= from).At;
                var wasLeftOut = false;
                foreach (var at in user.Where(mail => mail.At > from && mail.At <= to).Select(mail => mail.At).Append(to))
                {
                    var isEnd = at == to;
                    received += isEnd ? 0 : 1;
                    var gap = at - (before == default ? from : before);
                    before = at;
                    longest = gap > longest ? gap : longest;
                    if (gap <= period * MissedAfter)
                        continue;
                    wasLeftOut = true;
                    rounds += (int)Math.Round(gap / period) - 1;
                    recovered = at > recovered ? at : recovered;
                }

                leftOut += wasLeftOut ? 1 : 0;
            }

            return new LedgerPeriod(received, twice, leftOut, rounds, longest, recovered - from);
        }
    }

    /// <summary>The number of the user's newest notification that was mailed; 0 for none.</summary>
    public long NewestOf(int user)
    {
        lock (gate)
            return mails[user].Count == 0 ? 0 : mails[user].Max(mail => mail.Number);
    }

    void Note(ReceivedMail mail)
    {
        if (Population.NumberOf(mail.Recipients[0]) is not (>= 0 and var user) || user >= mails.Length)
            return;
        var id = mail.MessageId!.AsSpan();
        id = id[..id.IndexOf('@')];
        var number = long.Parse(id[(id.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture);
        lock (gate)
        {
            mails[user].Add((mail.ReceivedAt, number));
            count++;
        }
    }
}
