using Alerts.Events;
using Alerts.Runs;
using Alerts.State;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Alerts.Users;

/// <summary>The row of one user and the one way it changes: one change at a time, guarded by the row's ETag.</summary>
sealed partial class UserRow(
    IPersistentState<UserRecord> store, RunAdmission admission, RunMetrics metrics, TimeProvider clock, ILogger<UserGrain> logger, string id) : IDisposable
{
    /// <summary>A change that needs no write of its own is written at the latest after this time: the delivery log does not remember for ever.</summary>
    static readonly TimeSpan maxUnwritten = TimeSpan.FromDays(1);

    readonly SemaphoreSlim writing = new(1);
    DateTimeOffset? unwrittenSince;

    /// <summary>What the row is from now on. It is ahead of the store only by what a restart would find out again.</summary>
    public UserState? Latest { get; private set; }

    /// <summary>The user; null when there is none or it is being erased.</summary>
    public UserState? User => Latest is { Erasing: false } user ? user : null;

    /// <summary>What is kept of a user that is being erased.</summary>
    public UserState? Erased => Latest is { Erasing: true } erased ? erased : null;

    /// <summary>Takes what the store has. The store reads it after the grain was made and before it is activated.</summary>
    public void Load() => Latest = store.State.User;

    /// <summary>Changes the row. Returns null, and changes nothing, when <paramref name="change"/> gives null; else what the row was and is.</summary>
    /// <param name="mustWrite">False for what a restart would find out again; the next write takes it along.</param>
    /// <exception cref="StoreUnavailableException">The write failed; the grain is to start anew from what the store has.</exception>
    public async Task<UserChange?> ChangeAsync(Func<UserState?, UserState?> change, bool mustWrite = true)
    {
        await writing.WaitAsync();
        try
        {
            var before = Latest;
            if (change(before) is not { } next)
                return null;
            // The newest state is the only one kept: the last one written would hold on to a mail that has left.
            store.State.User = next;
            store.State.Events = UserEvents.Of(id, before, next, clock.GetUtcNow());
            if (mustWrite || store.State.Events.Count > 0 || unwrittenSince + maxUnwritten <= clock.GetUtcNow())
            {
                await StoreAsync(store.WriteStateAsync);
                metrics.Written();
                (unwrittenSince, store.State.Events) = (null, []);
            }
            else
            {
                unwrittenSince ??= clock.GetUtcNow();
            }

            Latest = next;
            return new UserChange(before, next);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Deletes the row.</summary>
    public async Task ClearAsync()
    {
        await StoreAsync(store.ClearStateAsync);
        Latest = null;
    }

    /// <summary>Clients cannot read the drivers' exceptions: they get ours.</summary>
    public async Task StoreAsync(Func<Task> access)
    {
        try
        {
            await admission.Checks.ObserveAsync(access);
        }
        catch (Exception fault)
        {
            metrics.NotStored();
            LogStoreFailed(fault, id);
            throw new StoreUnavailableException("The user could not be stored.", fault is InconsistentStateException);
        }
    }

    public void Dispose() => writing.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "The store did not take a change of {UserId}")]
    partial void LogStoreFailed(Exception fault, string userId);
}
