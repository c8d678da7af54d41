namespace Alerts.Search.Quota;

/// <summary>The stored form of the quota.</summary>
public sealed class QuotaRecord
{
    /// <summary>The ledger; null before the first call.</summary>
    public QuotaLedger? Ledger { get; set; }
}
