using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Alerts.Bench;

/// <summary>
/// One kill, and what was in flight at its moment: mails and messages that were taken and the delivery log does not have. No other may come
/// twice.
/// </summary>
/// <param name="Round">The round.</param>
/// <param name="Step">Where the process was killed.</param>
/// <param name="At">When.</param>
/// <param name="InFlight">What was taken since the kill before and the delivery log does not have.</param>
sealed record CrashKill(int Round, CrashStep Step, DateTimeOffset At, IReadOnlyList<ToldPrice> InFlight)
{
    /// <summary>Looks at what a kill has left, when every connection of the dead process has ended.</summary>
    /// <param name="round">The round.</param>
    /// <param name="step">Where the process was killed.</param>
    /// <param name="at">When.</param>
    /// <param name="told">What was taken since the kill before.</param>
    /// <param name="alerts">The alerts database, which has the delivery log.</param>
    public static async Task<CrashKill> LookAsync(int round, CrashStep step, DateTimeOffset at, IReadOnlyList<ToldPrice> told, DbDataSource alerts)
    {
        await using var connection = await alerts.OpenConnectionAsync();
        var ids = told.Where(one => one.To == CrashLedger.Mail).Select(one => one.LogId).ToHashSet();
        var logged = ids.Count == 0
            ? []
            : (await connection.QueryAsync<string>("SELECT message_id FROM delivery_log WHERE message_id IN @ids", new { ids })).ToHashSet();
        foreach (var price in told.Where(one => one.To != CrashLedger.Mail).Select(one => one.Price).Distinct())
        {
            var like = string.Create(CultureInfo.InvariantCulture, $"%${price:#,0},%");
            var rows = await connection.QueryAsync<(string Id, string Subject)>(
                "SELECT message_id, subject FROM delivery_log WHERE message_id LIKE '%.c-%' AND subject LIKE @like", new { like });
            logged.UnionWith(rows.Select(row => CrashLedger.LogIdOf(row.Id, row.Subject)));
        }

        return new CrashKill(round, step, at, [.. told.Where(one => !logged.Contains(one.LogId))]);
    }
}
