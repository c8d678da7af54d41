using System.Text.RegularExpressions;
using Alerts.Silo.Storage;

namespace Alerts.Cluster.Tests;

public sealed partial class OrleansQueriesTests
{
    [Theory]
    [InlineData(Databases.Alerts)]
    [InlineData(Databases.Shared)]
    public void Both_dialects_have_the_same_scripts(string database)
    {
        var sqlite = SqlScript.Of(database, SchemaDialect.Sqlite);
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite.Select(script => (script.Version, script.Name)), SqlScript.Of(database, SchemaDialect.MySql).Select(script => (script.Version, script.Name)));
        Assert.Equal(Enumerable.Range(1, sqlite.Count), sqlite.Select(script => script.Version));
    }

    [Theory]
    [InlineData(SchemaDialect.Sqlite)]
    [InlineData(SchemaDialect.MySql)]
    public void Every_key_that_Orleans_asks_for_is_there(SchemaDialect dialect) => Assert.Equal(
        [
            "ClearStorageKey", "DeleteReminderRowKey", "DeleteReminderRowsKey", "DeleteStorageKey", "ReadFromStorageKey", "ReadRangeRows1Key",
            "ReadRangeRows2Key", "ReadReminderRowKey", "ReadReminderRowsKey", "UpsertReminderRowKey", "WriteToStorageKey",
        ],
        Key().Matches(SqlScript.Of(Databases.Alerts, dialect)[0].Text).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\('(\w+)', '$", RegexOptions.Multiline)]
    private static partial Regex Key();
}
