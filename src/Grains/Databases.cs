namespace Alerts;

/// <summary>Service keys of the two databases: each is a keyed <see cref="System.Data.Common.DbDataSource"/>, SQLite in embedded mode, MySQL in a cluster.</summary>
public static class Databases
{
    /// <summary>Grain state, reminders and the delivery log.</summary>
    public const string Alerts = "alerts";

    /// <summary>Products and prices, read by other services.</summary>
    public const string Shared = "shared";
}
