using System.Data.Common;
using Alerts.Demo.Mailbox;
using Dapper;

namespace Alerts.Bench;

/// <summary>
/// One kill, and what was in flight at its moment: mails that the server took and the delivery log does not have. No other mail may come twice.
/// </summary>
/// <param name="Round">The round.</param>
/// <param name="Step">Where the process was killed.</param>
/// <param name="Mails">Sequence numbers of what the mailbox took between the kill before and this one.</param>
/// <param name="InFlight">Those of them that the delivery log does not have, with how long before the kill the server had taken them.</param>
sealed record CrashKill(int Round, CrashStep Step, IReadOnlySet<long> Mails, IReadOnlyDictionary<long, TimeSpan> InFlight)
{
    /// <summary>Looks at what a kill has left, when every connection of the dead process has ended.</summary>
    /// <param name="round">The round.</param>
    /// <param name="step">Where the process was killed.</param>
    /// <param name="at">When.</param>
    /// <param name="mails">What the mailbox took since the kill before.</param>
    /// <param name="alerts">The alerts database, which has the delivery log.</param>
    public static async Task<CrashKill> LookAsync(int round, CrashStep step, DateTimeOffset at, IReadOnlyList<ReceivedMail> mails, DbDataSource alerts)
    {
        await using var connection = await alerts.OpenConnectionAsync();
        var ids = mails.Select(IdOf).ToHashSet();
        var logged = ids.Count == 0 ? [] : (await connection.QueryAsync<string>("SELECT message_id FROM delivery_log WHERE message_id IN @ids", new { ids })).ToHashSet();
        return new CrashKill(
            round, step, mails.Select(mail => mail.Sequence).ToHashSet(),
            mails.Where(mail => !logged.Contains(IdOf(mail))).ToDictionary(mail => mail.Sequence, mail => at - mail.ReceivedAt));
    }

    /// <summary>Which of the mails told twice are this round's.</summary>
    public IEnumerable<long> Twice(IEnumerable<long> repeated) => repeated.Where(Mails.Contains);

    static string IdOf(ReceivedMail mail) => mail.MessageId!.Split('@')[0];
}
