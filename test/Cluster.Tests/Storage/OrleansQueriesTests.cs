using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;

namespace Alerts.Cluster.Tests;

public sealed partial class OrleansQueriesTests
{
    [Theory]
    [InlineData(DatabaseKeys.Alerts)]
    [InlineData(DatabaseKeys.Shared)]
    public void Both_dialects_have_the_same_scripts(string database)
    {
        var sqlite = SqlScript.Of(database, SqliteDialect.Instance);
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite.Select(script => (script.Version, script.Name)), SqlScript.Of(database, MySqlDialect.Instance).Select(script => (script.Version, script.Name)));
        Assert.Equal(Enumerable.Range(1, sqlite.Count), sqlite.Select(script => script.Version));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.MySql)]
    public void Every_key_that_Orleans_asks_for_is_there(DatabaseKind kind) => Assert.Equal(
        [
            "ClearStorageKey", "DeleteReminderRowKey", "DeleteReminderRowsKey", "DeleteStorageKey", "ReadFromStorageKey", "ReadRangeRows1Key",
            "ReadRangeRows2Key", "ReadReminderRowKey", "ReadReminderRowsKey", "UpsertReminderRowKey", "WriteToStorageKey",
        ],
        Key().Matches(SqlScript.Of(DatabaseKeys.Alerts, kind is DatabaseKind.MySql ? MySqlDialect.Instance : SqliteDialect.Instance)[0].Text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\('(\w+)', '$", RegexOptions.Multiline)]
    private static partial Regex Key();
}
