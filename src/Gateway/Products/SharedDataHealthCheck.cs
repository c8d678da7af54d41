using Alerts.SharedData;
using Alerts.SharedData.Products;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Products;

/// <summary>
/// Asks every writer of the shared data. Degraded, not unhealthy, while their database cannot be reached: alerts do not need it.
/// </summary>
sealed class SharedDataHealthCheck(IGrainFactory grains, IOptions<SharedDataOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, options.Value.Shards)
            .Select(shard => grains.GetGrain<ISharedDataWriterGrain>(ProductShards.KeyOf(shard)).GetHealthAsync()))
            .WaitAsync(cancellationToken);
        var failing = shards.Count(shard => shard.FailingSince is not null);
        return failing == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                $"{failing} of {shards.Length} writers of the shared data fail since {shards.Min(shard => shard.FailingSince):u}; "
                + $"{shards.Sum(shard => shard.RowsPending)} listings wait.");
    }
}
