using Orleans.Concurrency;

namespace Alerts.SharedData;

/// <summary>One shard of the shared product data, key the shard's number: writes what the searches stream into the shared database.</summary>
[Alias("Alerts.ISharedDataWriterGrain")]
public interface ISharedDataWriterGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for room before something is put on the shard's stream. What is granted counts until it is written, so that the stream
    /// holds no more than the shard's limits (<c>Alerts:SharedData:PendingRows</c> and <c>PendingBytes</c>) however long the database is away.
    /// </summary>
    /// <param name="rows">Listings to be put on the stream.</param>
    /// <param name="bytes">Their size, as estimated.</param>
    /// <returns>False when there is no room: keep it; the next search brings newer.</returns>
    [Alias("AdmitAsync"), AlwaysInterleave]
    Task<bool> AdmitAsync(int rows, long bytes);

    /// <summary>How the shard is doing; answered while it writes, too.</summary>
    [Alias("GetHealthAsync"), AlwaysInterleave]
    Task<SharedDataHealth> GetHealthAsync();
}
