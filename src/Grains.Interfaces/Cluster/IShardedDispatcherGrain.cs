using Orleans.Concurrency;

namespace Alerts.Cluster;

/// <summary>
/// One shard of the users, key 0 to <see cref="DispatchLoad.Shards"/> - 1: gives each of its users a second of the reminder window,
/// so that ticks come evenly. Asked when a user is enrolled or moved, never in a run.
/// </summary>
[Alias("Alerts.IShardedDispatcherGrain")]
public interface IShardedDispatcherGrain : IGrainWithIntegerKey
{
    /// <summary>The second of the window, from 0, that a user is to be woken in; the same when asked again.</summary>
    /// <exception cref="StoreUnavailableException">The shard cannot read who has which second.</exception>
    [Alias("AssignAsync"), ResponseTimeout("00:00:05")]
    Task<int> AssignAsync(string userId);

    /// <summary>The user is gone, its reminder too.</summary>
    [Alias("ReleaseAsync"), OneWay]
    Task ReleaseAsync(string userId);

    /// <summary>How the shard's users lie in the window.</summary>
    /// <exception cref="StoreUnavailableException">The shard cannot read who has which second.</exception>
    [Alias("GetLoadAsync"), ResponseTimeout("00:00:05")]
    Task<DispatchLoad> GetLoadAsync();
}
