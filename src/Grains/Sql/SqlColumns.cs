using System.Data.Common;
using Alerts.Search;

namespace Alerts.Sql;

/// <summary>Reads columns in the same way from every kind of database.</summary>
static class SqlColumns
{
    /// <summary>A time; the databases store UTC.</summary>
    public static DateTime GetTime(this DbDataReader row, int column) => DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);

    /// <summary>A text, or null.</summary>
    public static string? GetText(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>
    /// An amount and, in the next column, its currency. SQLite stores amounts as floating-point numbers; rounded to three decimals they are
    /// exact.
    /// </summary>
    public static Money GetMoney(this DbDataReader row, int column) =>
        new(decimal.Round(row.GetDecimal(column), 3), row.GetString(column + 1));

    /// <summary>A moment, cut to the resolution of the databases.</summary>
    public static DateTime InMilliseconds(this DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
