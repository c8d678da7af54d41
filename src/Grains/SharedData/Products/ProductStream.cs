using Alerts.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Alerts.SharedData.Products;

/// <summary>Publishes search results for the shared database.</summary>
public sealed class ProductStream(
    IGrainFactory grains,
    [FromKeyedServices(Streams.Provider)] IStreamProvider streams,
    IOptions<SharedDataOptions> options)
{
    /// <summary>Publishes a snapshot to its shards; completes when the stream has it.</summary>
    /// <returns>False when a shard has no room because its database is away; the next result brings the rest.</returns>
    public async Task<bool> PublishAsync(string query, SearchSnapshot found)
    {
        var accepted = await Task.WhenAll(ProductShards.Split(query, found, options.Value.Shards)
            .Select(part => PublishAsync(part.Key, part.Value)));
        return accepted.All(taken => taken);
    }

    async Task<bool> PublishAsync(int shard, ProductBatch batch)
    {
        var key = ProductShards.KeyOf(shard);
        if (!await grains.GetGrain<ISharedDataWriterGrain>(key).AdmitAsync(BatchSize.RowsOf(batch), BatchSize.BytesOf(batch)))
            return false;
        await streams.GetStream<ProductBatch>(StreamId.Create(Streams.Products, key)).OnNextAsync(batch);
        return true;
    }
}
