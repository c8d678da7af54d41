using System.Data.Common;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Alerts.SharedData.Retention;
using Alerts.SharedData.Subscriptions;
using Alerts.Silo.Databases;
using Alerts.Sql;

namespace Alerts.Tests.SharedData;

/// <summary>A migrated shared database and what a reader sees in it.</summary>
public sealed class SharedDatabase(DbDataSource source, SqlDialect dialect, IDisposable? owned = null) : IAsyncDisposable
{
    /// <summary>The database.</summary>
    public DbDataSource Source => source;

    /// <summary>Its SQL.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>The store under test.</summary>
    public SharedDataStore Store { get; } = new(source, dialect);

    /// <summary>Who watches what.</summary>
    public SubscriptionStore Subscriptions { get; } = new(source, dialect);

    /// <summary>The readers' side.</summary>
    public ProductCatalog Catalog { get; } = new(source);

    /// <summary>What deletes old rows, at a time.</summary>
    public RetentionSweep Retention(TimeProvider clock) => new(source, dialect, new SharedDataOptions(), clock);

    /// <summary>Applies the scripts of the service.</summary>
    public static async Task<SharedDatabase> MigratedAsync(DbDataSource source, SqlDialect dialect, CancellationToken cancellationToken, IDisposable? owned = null)
    {
        await new SchemaMigrator(DatabaseKeys.Shared, dialect, SqlScript.Of(DatabaseKeys.Shared, dialect), source).ApplyAsync(cancellationToken);
        return new(source, dialect, owned);
    }

    /// <summary>Writes batches in one transaction.</summary>
    public Task WriteAsync(params IReadOnlyCollection<ProductBatch> batches) =>
        Store.WriteAsync(WriteSet.Of(batches), TestContext.Current.CancellationToken);

    /// <summary>All rows of a query, as text.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))));
        return [.. rows];
    }

    /// <summary>A product's price history: minutes since the start and price.</summary>
    public Task<(double Minutes, decimal Price)[]> HistoryAsync(long number) => HistoryAsync($"v1|{number}|0");

    /// <summary>An item's price history: minutes since the start and price.</summary>
    public async Task<(double Minutes, decimal Price)[]> HistoryAsync(string itemId)
    {
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT observed_at, price FROM price_observations WHERE item_id = '{itemId}' ORDER BY observed_at";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<(double, decimal)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(((reader.GetDateTime(0) - SomeListing.Start.UtcDateTime).TotalMinutes, decimal.Round(reader.GetDecimal(1), 3)));
        return [.. rows];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        owned?.Dispose();
    }

    static string Text(DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
            return "-";
        return reader.GetValue(column) switch
        {
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFF", System.Globalization.CultureInfo.InvariantCulture),
            decimal number => number.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
            double number => ((decimal)number).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
            IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            var value => value.ToString()!,
        };
    }
}
