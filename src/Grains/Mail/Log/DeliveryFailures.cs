using Alerts.Mail.Log;
using Alerts.Outbox;
using Orleans.Providers;

// Orleans sends this type by its name between silos of two releases, so the namespace does not follow the folder.
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

    /// <summary>A mail that the server alone keeps is tried again within this time: <see cref="RetrySchedule"/> pauses for an hour and a quarter at most, and then a tick has to come.</summary>
    public static readonly TimeSpan TriedAgainWithin = TimeSpan.FromHours(2);

    readonly Queue<DeliveryFailure> last = new(Limit);
    readonly Lock gate = new();

    /// <summary>The failures of all silos of a cluster at a moment, newest first, at most <see cref="Limit"/>.</summary>
    public static async Task<IReadOnlyList<DeliveryFailure>> OfAllSilosAsync(IGrainFactory grains, DateTimeOffset now)
    {
        var silos = await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<DeliveryFailures>(ProviderName, command: 0);
        return Together(silos.OfType<DeliveryFailure[]>(), now);
    }

    /// <summary>
    /// What several silos remember, as one. A mail waits when the last failure of it anywhere says so and is not so old that another attempt must
    /// have followed: the user's grain may have gone to another silo, which has nothing to say of a mail that left at once, and a mail kept back by quiet hours waits
    /// for their end. Pure.
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

    /// <summary>A mail that may have failed before waits for the mail server no longer. Told by its user's grain, which alone knows.</summary>
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
