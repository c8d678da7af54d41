using Alerts.Outbox;
using Alerts.Reminders;
using Alerts.State;

namespace Alerts.Users;

/// <summary>How a user ends: one write after which there is no user, then a last mail, then the rest goes; complete after a repetition, wherever it was cut short.</summary>
public sealed partial class UserGrain
{
    public async Task<bool> DeleteAsync()
    {
        if (user is null)
            return false;

        // From this write on there is no user; should the rest be cut short, the next tick does it.
        await ChangeAsync(current => current is null ? null : Lifecycle.Erased(current, Id, clock.GetUtcNow()));
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
        stopping = new CancellationTokenSource();
        await EraseAsync();
        return true;
    }

    /// <summary>What is under way erases the user by itself.</summary>
    Task EraseUnlessAtWorkAsync() => work.IsCompleted ? EraseAsync() : Task.CompletedTask;

    /// <summary>Takes what is left of an erased user out of the store, apart from what a goodbye that is still to be sent needs.</summary>
    async Task EraseAsync()
    {
        if (store.State.User is { } erased)
        {
            var goodbye = erased.Notices.FirstOrDefault();
            await StoreAsync(() => deliveryLog.DeleteUserAsync(Id, except: goodbye?.Notification.Id, CancellationToken.None));
            await Address(erased.Settings.Email).ReleaseAsync(Id);
            if (goodbye is not null)
            {
                Start(SayGoodbyeAsync);
                return;
            }

            await StoreAsync(store.ClearStateAsync);
        }

        // Whoever reads the shared data must learn of it: where the stream does not take it, the next tick comes back here.
        if (!await settingsStream.TellAsync(Watching.Of(null, null, Id, clock.GetUtcNow())))
            return;
        // The reminder goes last: while it is there its ticks come back here.
        await StoreAsync(async () =>
        {
            if (await this.GetReminder(UserReminder.Name) is { } reminder)
                await this.UnregisterReminder(reminder);
        });
        await wakeUp.ReleaseAsync(this.GetGrainId());
        DeactivateOnIdle();
    }

    /// <summary>The last mail, sent like any other: claimed before it is sent again, tried for a day. Once it is sent or given up, the rest goes.</summary>
    async Task SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        using var slot = await admission.EnterAsync(cancellationToken);
        if (!isSettled)
            await KeepAsync(erased => Delivery.Settled(erased, accepted: []));
        isSettled = true;
        if (Erased is { } current && Delivery.NextNotice(current, clock.GetUtcNow()) is { } goodbye)
        {
            var result = await SendAsync(current, goodbye, () => ReferenceEquals(Erased, current), cancellationToken);
            await KeepAsync(erased => Delivery.After(erased, goodbye, result, clock.GetUtcNow()));
            if (!Delivery.WaitsForServer(Erased, goodbye.Notification.Id))
                failures.Settle(goodbye.Notification.Id);
        }

        if (Erased is { Notices: [] })
            await EraseAsync();
    }

    /// <summary>What is kept of an erased user; null when there is nothing, or somebody enrolled under its id again.</summary>
    UserState? Erased => store.State.User is { Erasing: true } erased ? erased : null;

    async Task KeepAsync(Func<UserState, UserState?> change)
    {
        if (Erased is not { } erased || change(erased) is not { } next)
            return;
        store.State.User = next;
        await StoreAsync(store.WriteStateAsync);
    }
}
