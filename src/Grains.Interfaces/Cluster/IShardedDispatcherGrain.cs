using Orleans.Concurrency;

namespace Alerts.Cluster;

/// <summary>
/// One shard of the users; the key is 0 to <see cref="DispatchLoad.Shards"/> - 1. Gives each of its users a second of the reminder window,
/// so that ticks come evenly. Called when a user is enrolled or moved, never during a run.
/// </summary>
[Alias("Alerts.IShardedDispatcherGrain")]
public interface IShardedDispatcherGrain : IGrainWithIntegerKey
{
    /// <summary>The second of the window, from 0, in which a user will be woken; the same when asked again.</summary>
    /// <exception cref="StoreUnavailableException">The shard cannot read its users' seconds.</exception>
    [Alias("AssignAsync"), ResponseTimeout("00:00:05")]
    Task<int> AssignAsync(string userId);

    /// <summary>The user and its reminder are gone.</summary>
    [Alias("ReleaseAsync"), OneWay]
    Task ReleaseAsync(string userId);

    /// <summary>How the shard's users are spread over the window.</summary>
    /// <exception cref="StoreUnavailableException">The shard cannot read its users' seconds.</exception>
    [Alias("GetLoadAsync"), ResponseTimeout("00:00:05")]
    Task<DispatchLoad> GetLoadAsync();
}
