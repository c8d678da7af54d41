using System.Data.Common;
using Alerts.Demo.Mailbox;
using Dapper;

namespace Alerts.Bench;

/// <summary>One kill, and what was in flight at its moment: mails that the server took and the delivery log does not have. No other mail may come twice.</summary>
/// <param name="Round">The round.</param>
/// <param name="Step">Where the process was killed.</param>
/// <param name="InFlight">Sequence numbers of these mails in the mailbox.</param>
/// <param name="Oldest">How long before the kill the first of them was taken.</param>
sealed record CrashKill(int Round, CrashStep Step, IReadOnlySet<long> InFlight, TimeSpan Oldest)
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
        var open = mails.Where(mail => !logged.Contains(IdOf(mail))).ToList();
        return new CrashKill(round, step, open.Select(mail => mail.Sequence).ToHashSet(), open.Count == 0 ? default : at - open[0].ReceivedAt);
    }

    static string IdOf(ReceivedMail mail) => mail.MessageId!.Split('@')[0];
}
