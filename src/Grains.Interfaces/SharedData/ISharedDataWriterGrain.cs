using Orleans.Concurrency;

namespace Alerts.SharedData;

/// <summary>Writes one shard of the stream of products to the shared database; the key is the shard's number.</summary>
[Alias("Alerts.ISharedDataWriterGrain")]
public interface ISharedDataWriterGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for room before a batch is put on the shard's stream. The room is taken until the batch is written. So the stream stays within
    /// the shard's limits (<c>Alerts:SharedData:PendingRows</c> and <c>PendingBytes</c>), however long the database is away.
    /// </summary>
    /// <param name="rows">Listings to put on the stream.</param>
    /// <param name="bytes">Their estimated size.</param>
    /// <returns>False when there is no room: do not publish; the next result replaces this one.</returns>
    [Alias("AdmitAsync"), AlwaysInterleave]
    Task<bool> AdmitAsync(int rows, long bytes);

    /// <summary>The shard's health; answered also while it writes.</summary>
    [Alias("GetHealthAsync"), AlwaysInterleave]
    Task<SharedDataHealth> GetHealthAsync();
}
