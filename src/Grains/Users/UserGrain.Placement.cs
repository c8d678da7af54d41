using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Alerts.Users;

/// <summary>
/// A user lives in the silo that has its reminder. A new silo gets its share of the reminders at once. But Orleans does not move
/// activations that are in use, and every tick uses them. Without this class, a new silo would only forward ticks to the others.
/// </summary>
[PreferLocalPlacement]
public sealed partial class UserGrain : IIncomingGrainCallFilter
{
    /// <summary>A tick from another silo moves the user there, with its state, when its work is done.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName is not nameof(ReceiveReminder)
            || context.SourceId is not { } source
            || !SystemTargetGrainId.TryParse(source, out var reminders)
            || reminders.GetSiloAddress() is not { } owner
            || owner.Equals(GrainContext.Address.SiloAddress))
            return;

        RequestContext.Set(IPlacementDirector.PlacementHintKey, owner);
        MigrateOnIdle();
    }
}
