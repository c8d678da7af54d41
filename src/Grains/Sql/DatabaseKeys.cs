namespace Alerts.Sql;

/// <summary>Service keys of the two databases: each is a keyed <see cref="System.Data.Common.DbDataSource"/>.</summary>
public static class DatabaseKeys
{
    /// <summary>Grain state, reminders and the delivery log.</summary>
    public const string Alerts = "alerts";

    /// <summary>The alerts database for Orleans' own providers, which accept only their driver's connections.</summary>
    public const string Orleans = "alerts-orleans";

    /// <summary>Products and prices, read by other services.</summary>
    public const string Shared = "shared";
}
