using Alerts.Events;
using Alerts.Runs;
using Alerts.State;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Alerts.Users;

/// <summary>The row of one user, and the only way to change it: one change at a time, guarded by the row's ETag.</summary>
sealed partial class UserRow(
    IPersistentState<UserRecord> store, RunAdmission admission, RunMetrics metrics, TimeProvider clock, ILogger<UserGrain> logger,
        string id) : IDisposable
{
    /// <summary>
    /// Changes that need no write of their own are written after this time at the latest, because the delivery log forgets.
    /// </summary>
    static readonly TimeSpan maxUnwritten = TimeSpan.FromDays(1);

    readonly SemaphoreSlim writing = new(1);
    DateTimeOffset? unwrittenSince;

    /// <summary>The newest state. Compared with the store, it has in addition only changes that a restart would make again.</summary>
    public UserState? Latest { get; private set; }

    /// <summary>The user; null when there is none or it is being erased.</summary>
    public UserState? User => Latest is { Erasing: false } user ? user : null;

    public UserState? Erased => Latest is { Erasing: true } erased ? erased : null;

    /// <summary>Takes the stored state. The store reads it after the grain was constructed and before it is activated.</summary>
    public void Load() => Latest = store.State.User;

    /// <summary>
    /// Changes the row and returns its states before and after. Returns null and changes nothing when <paramref name="change"/> returns
    /// null.
    /// </summary>
    /// <param name="mustWrite">False for changes that a restart would make again; the next write stores them.</param>
    /// <exception cref="StoreUnavailableException">The write failed; the grain must start again from the stored state.</exception>
    public async Task<UserChange?> ChangeAsync(Func<UserState?, UserState?> change, bool mustWrite = true)
    {
        await writing.WaitAsync();
        try
        {
            var before = Latest;
            if (change(before) is not { } next)
                return null;
            // Only the newest state is kept in memory. The last written one would keep a mail in memory that was sent.
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

    public async Task ClearAsync()
    {
        await StoreAsync(store.ClearStateAsync);
        Latest = null;
    }

    /// <summary>Runs a write to the store. Clients cannot deserialize the drivers' exceptions, so they get our own exception.</summary>
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The store did not accept a change of {UserId}")]
    partial void LogStoreFailed(Exception fault, string userId);
}
