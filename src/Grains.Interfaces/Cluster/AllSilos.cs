using Orleans.Providers;

namespace Alerts.Cluster;

/// <summary>Asks every silo of the cluster for what it remembers, through Orleans' management grain.</summary>
public static class AllSilos
{
    /// <summary>The answers of all silos.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="provider">The name under which each silo registered <typeparamref name="TProvider"/>.</param>
    /// <param name="command">What to ask.</param>
    /// <exception cref="StoreUnavailableException">The list of silos cannot be read, for example because Redis is away.</exception>
    public static async Task<object?[]> AskAsync<TProvider>(IGrainFactory grains, string provider, int command)
        where TProvider : IControllable
    {
        try
        {
            return await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<TProvider>(provider, command);
        }
        // The management grain passes on what the store of the membership throws; a client may not even know the type.
        catch (Exception fault) when (fault is not (OrleansException or TimeoutException or OperationCanceledException))
        {
            throw new StoreUnavailableException($"The silos cannot be listed: {fault.Message}");
        }
    }
}
