using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Alerts.Users;

/// <summary>
/// A user lives in the silo that has its reminder. Orleans gives a silo that joins its share of the reminders at once, but leaves activations
/// where they are while they are used, and a user is used at every tick: a new silo would do nothing but send ticks to the others.
/// </summary>
[PreferLocalPlacement]
public sealed partial class UserGrain : IIncomingGrainCallFilter
{
    /// <summary>A tick that came from another silo than this one moves the user there, with its state, once its work is done.</summary>
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
