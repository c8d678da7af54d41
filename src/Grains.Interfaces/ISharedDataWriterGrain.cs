namespace Alerts;

/// <summary>One shard of the shared product data, key the shard's number: writes what the searches stream into the shared database.</summary>
[Alias("Alerts.ISharedDataWriterGrain")]
public interface ISharedDataWriterGrain : IGrainWithStringKey
{
    /// <summary>Rows written since activation.</summary>
    [Alias("GetRowsWrittenAsync")]
    Task<long> GetRowsWrittenAsync();
}
