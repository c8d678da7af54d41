using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using CsCheck;

namespace Alerts.Tests.Sql;

public class StatementsTests
{
    static readonly Gen<(SqlDialect Dialect, int Columns, int[] Sizes)> some = Gen.Select(
        Gen.Bool.Select(mySql => mySql ? (SqlDialect)MySqlDialect.Instance : SqliteDialect.Instance),
        Gen.Int[1, 2_000],
        Gen.OneOf(Gen.Int[0, 300], Gen.Int[10_000, 50_000], Gen.Int[SqlDialect.MaxStatementBytes - 1, SqlDialect.MaxStatementBytes + 1]).Array[0, 1_100]);

    [Fact]
    public void Every_row_is_in_one_statement_and_no_statement_is_beyond_a_limit() => some.Sample(one =>
    {
        var parts = one.Dialect.Statements(one.Sizes, one.Columns, size => size).ToList();

        Assert.Equal(one.Sizes, parts.SelectMany(part => part));
        Assert.All(parts, part =>
        {
            Assert.InRange(part.Count, 1, one.Dialect.MaxRows);
            Assert.InRange(part.Count * one.Columns, 1, Math.Max(one.Columns, one.Dialect.MaxParameters));
            Assert.True(part.Count == 1 || part.Sum() <= SqlDialect.MaxStatementBytes);
        });
    });

    [Theory, InlineData(499, 1), InlineData(500, 1), InlineData(501, 2), InlineData(1_000, 2), InlineData(1_001, 3)]
    public void Rows_fill_statements_before_another_begins(int rows, int statements) =>
        Assert.Equal(statements, MySqlDialect.Instance.Statements(Enumerable.Range(0, rows), 6, _ => 100).Count());
}
