using Alerts.Cluster;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Orleans.Providers;

// This type travels between silos of two releases by its full name, so its namespace does not follow the folder.
namespace Alerts.Email;

/// <summary>
/// The last mails of this silo that were not sent, in memory, at most <see cref="Limit"/>; the oldest is removed first. A gateway asks all
/// silos at once through Orleans' management grain. Safe for concurrent use.
/// </summary>
public sealed class DeliveryFailures : IControllable
{
    /// <summary>The management grain finds this object by this name.</summary>
    public const string ProviderName = "delivery-failures";

    /// <summary>Failures kept in a silo.</summary>
    public const int Limit = 200;

    /// <summary>
    /// A mail that waits only for the server is tried again within this time: <see cref="RetrySchedule"/> waits at most an hour and a
    /// quarter, and then a tick must come.
    /// </summary>
    public static readonly TimeSpan TriedAgainWithin = TimeSpan.FromHours(2);

    readonly Queue<DeliveryFailure> last = new(Limit);
    readonly Lock gate = new();

    /// <summary>The failures of all silos of the cluster, newest first, at most <see cref="Limit"/>.</summary>
    public static async Task<IReadOnlyList<DeliveryFailure>> OfAllSilosAsync(IGrainFactory grains, DateTimeOffset now)
    {
        var silos = await AllSilos.AskAsync<DeliveryFailures>(grains, ProviderName, command: 0);
        return Together(silos.OfType<DeliveryFailure[]>(), now);
    }

    /// <summary>
    /// Merges what several silos remember. A mail waits if its newest failure in any silo says so and is recent enough. After a longer time
    /// another attempt must have followed, perhaps in another silo, which remembers nothing of a mail that it sent at once. A mail kept
    /// back by quiet hours waits for their end. Pure.
    /// </summary>
    public static IReadOnlyList<DeliveryFailure> Together(IEnumerable<DeliveryFailure[]> silos, DateTimeOffset now)
    {
        var newestFirst = silos.SelectMany(failures => failures).OrderByDescending(failure => failure.At).ToList();
        var waiting = newestFirst.DistinctBy(failure => failure.NotificationId)
            .Where(failure => failure.IsWaiting && now - failure.At <= TriedAgainWithin)
            .Select(failure => failure.NotificationId)
            .ToHashSet(StringComparer.Ordinal);
        return [.. newestFirst.Take(Limit).Select(failure => failure with { IsWaiting = waiting.Contains(failure.NotificationId) })];
    }

    public void Add(DeliveryFailure failure)
    {
        lock (gate)
        {
            if (last.Count == Limit)
                last.Dequeue();
            last.Enqueue(failure);
        }
    }

    /// <summary>A mail no longer waits for the mail server. Reported by its user's grain, which alone knows that.</summary>
    public void Settle(string notificationId)
    {
        lock (gate)
        {
            for (var count = last.Count; count > 0; count--)
                last.Enqueue(last.Dequeue() is var failure && failure.NotificationId == notificationId ? failure with { IsWaiting = false }
                    : failure);
        }
    }

    /// <summary>Called by the management grain. There is only one command, so its number does not matter.</summary>
    Task<object?> IControllable.ExecuteCommand(int command, object? arg)
    {
        lock (gate)
            return Task.FromResult<object?>(last.ToArray());
    }
}
