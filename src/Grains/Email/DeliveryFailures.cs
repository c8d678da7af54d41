using Orleans.Providers;

namespace Alerts.Email;

/// <summary>
/// The last mails of this silo that did not leave, in memory, at most <see cref="Limit"/>: the oldest go first. A gateway asks all
/// silos at once through Orleans' management grain. Safe for concurrent use.
/// </summary>
public sealed class DeliveryFailures : IControllable
{
    /// <summary>The name under which the management grain finds it.</summary>
    public const string ProviderName = "delivery-failures";

    /// <summary>The most failures kept in a silo.</summary>
    public const int Limit = 200;

    readonly Queue<DeliveryFailure> last = new(Limit);
    readonly Lock gate = new();

    /// <summary>The failures of all silos of a cluster, newest first, at most <see cref="Limit"/>.</summary>
    public static async Task<IReadOnlyList<DeliveryFailure>> OfAllSilosAsync(IGrainFactory grains)
    {
        var silos = await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<DeliveryFailures>(ProviderName, command: 0);
        return [.. silos.OfType<DeliveryFailure[]>().SelectMany(failures => failures).OrderByDescending(failure => failure.At).Take(Limit)];
    }

    /// <summary>Notes a failure.</summary>
    public void Add(DeliveryFailure failure)
    {
        lock (gate)
        {
            if (last.Count == Limit)
                last.Dequeue();
            last.Enqueue(failure);
        }
    }

    /// <summary>A mail that may have failed before waits no longer. Told by its user's grain, which alone knows.</summary>
    public void Settle(string notificationId)
    {
        lock (gate)
        {
            for (var count = last.Count; count > 0; count--)
                last.Enqueue(last.Dequeue() is var failure && failure.NotificationId == notificationId ? failure with { IsWaiting = false } : failure);
        }
    }

    /// <summary>The management grain's question; there is only one, so its number does not matter.</summary>
    Task<object?> IControllable.ExecuteCommand(int command, object? arg)
    {
        lock (gate)
            return Task.FromResult<object?>(last.ToArray());
    }
}
