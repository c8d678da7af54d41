using System.Collections.Immutable;
using Alerts.Email;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Storage;

namespace Alerts.Users;

/// <summary>
/// One user. A tick of the durable reminder wakes it; what is due follows from the stored <see cref="UserState.NextDue"/>.
/// A check runs beside the grain's calls, so that a slow eBay or mail server never holds up an answer:
/// search, compare, ONE write of what was seen with the mail to send, then the mail.
/// </summary>
public sealed partial class UserGrain(
    [PersistentState("user")] IPersistentState<UserRecord> store,
    RunAdmission admission,
    EmailSender email,
    DeliveryLog deliveryLog,
    IOptions<AlertsOptions> options,
    TimeProvider clock,
    ILogger<UserGrain> logger) : Grain, IUserGrain, IDisposable
{
    const string ReminderName = "check";

    readonly CancellationTokenSource stopping = new();
    readonly SemaphoreSlim writing = new(1);

    /// <summary>The newest state; ahead of the store only by what a restart would find out again.</summary>
    UserState? user;

    /// <summary>The check or delivery under way; one at a time.</summary>
    Task work = Task.CompletedTask;

    string Id => this.GetPrimaryKeyString();

    TimeSpan ReminderPeriod => options.Value.ReminderPeriod;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        user = store.State.User;
        // A mail that was intended before a restart may have left: claim it, then ask the log before sending it again.
        if (user?.Outbox is not null)
            Start(ResumeDeliveryAsync);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is under way may finish while the silo can wait; what then remains is in the store and is taken up again.
        await using var cut = cancellationToken.Register(stopping.Cancel);
        await work;
    }

    public async Task<UserView> EnrolAsync(UserSettings settings)
    {
        if (user is null)
        {
            // The reminder goes first: without a user its tick removes it, while a user without a reminder would never be served.
            await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
            var now = clock.GetUtcNow();
            await ChangeAsync(_ => new UserState { Settings = settings, Version = 1, CreatedAt = now, Phase = now, NextDue = now });
            Start(CheckAsync);
        }

        return View(user!);
    }

    public Task<UserView?> GetAsync() => Task.FromResult(user is null ? null : View(user));

    public async Task<bool> DeleteAsync()
    {
        if (user is not { } last)
            return false;

        // The state goes last, so that a deletion cut short is finished by repeating it.
        await RemoveReminderAsync();
        await GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(last.Settings.Email)).ReleaseAsync(Id);
        await writing.WaitAsync();
        try
        {
            user = null;
            await store.ClearStateAsync();
        }
        finally
        {
            writing.Release();
        }

        await work;
        await deliveryLog.DeleteUserAsync(Id, CancellationToken.None);
        DeactivateOnIdle();
        return true;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (user is null)
            return RemoveReminderAsync();

        var now = clock.GetUtcNow();
        if (Schedule.IsDue(user, now))
            Start(CheckAsync);
        else if (user.Outbox is { } waiting && !(waiting.NextAttemptAt > now))
            Start(DeliverAsync);
        return Task.CompletedTask;
    }

    /// <summary>Search, compare, write, mail. A tick that comes while one is under way changes nothing: the check looks at the clock itself.</summary>
    async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var slot = await admission.EnterAsync(cancellationToken);
        while (user is { } before && Schedule.IsDue(before, clock.GetUtcNow()))
        {
            var answers = await SearchAsync(before);
            var plan = RunPlan.Make(before, answers, clock.GetUtcNow(), ReminderPeriod, Id);
            // Settings changed while eBay answered: nothing is taken over, and the whole check is made anew by the new ones.
            if (!await ChangeAsync(current => ReferenceEquals(current, before) ? plan.Next : null, plan.MustWrite))
                continue;
            await DeliverAsync(cancellationToken);
        }
    }

    async Task<SearchAnswer[]> SearchAsync(UserState before)
    {
        var answers = before.Settings.Searches.Select(search =>
        {
            var query = SearchQuery.KeyOf(search);
            return GrainFactory.GetGrain<ISearchGrain>(query).GetAsync(RunPlan.KnownVersion(before, search, query, clock.GetUtcNow()));
        });
        return await Task.WhenAll(answers);
    }

    async Task ResumeDeliveryAsync(CancellationToken cancellationToken)
    {
        using var slot = await admission.EnterAsync(cancellationToken);
        if (await ChangeAsync(current => current?.Outbox is { } entry
                ? current with { Outbox = entry with { Attempts = entry.Attempts + 1 } }
                : null))
            await DeliverAsync(cancellationToken);
    }

    /// <summary>Sends what the outbox holds. The delivery log has the fact of an acceptance, so the emptied outbox needs no write of its own.</summary>
    async Task DeliverAsync(CancellationToken cancellationToken)
    {
        if (user is not { Status: UserStatus.Active, Outbox: { } entry } current || entry.NextAttemptAt > clock.GetUtcNow())
            return;
        var result = await email.SendAsync(new MailRecipient(Id, current.Settings, current.TokenGeneration), entry, cancellationToken);
        UserState? After(UserState? latest) =>
            latest?.Outbox?.Notification.Id == entry.Notification.Id ? Delivery.After(latest, result, clock.GetUtcNow()) : null;
        await ChangeAsync(After, mustWrite: result is not DeliveryResult.Accepted);
        if (result is DeliveryResult.Deferred deferred)
            LogDeferred(Id, entry.Attempts + 1, deferred.Reason);
        else if (result is DeliveryResult.Refused refused)
            LogRefused(Id, refused.Reason);
    }

    /// <summary>The one way state changes, one change at a time. Returns false, and changes nothing, when <paramref name="change"/> gives null.</summary>
    /// <param name="change">From the newest state to the next.</param>
    /// <param name="mustWrite">False for what a restart would find out again; the next write takes it along.</param>
    /// <exception cref="StoreUnavailableException">The write failed; the grain starts anew from what the store has.</exception>
    async Task<bool> ChangeAsync(Func<UserState?, UserState?> change, bool mustWrite = true)
    {
        await writing.WaitAsync();
        try
        {
            if (change(user) is not { } next)
                return false;
            if (mustWrite)
            {
                store.State.User = next;
                await store.WriteStateAsync();
            }

            user = next;
            return true;
        }
        catch (Exception fault)
        {
            DeactivateOnIdle();
            throw new StoreUnavailableException("The user could not be stored.", fault is InconsistentStateException);
        }
        finally
        {
            writing.Release();
        }
    }

    void Start(Func<CancellationToken, Task> step)
    {
        if (work.IsCompleted)
            work = GuardAsync(step);
    }

    /// <summary>The next tick repeats whatever fails here, from the state that was written.</summary>
    async Task GuardAsync(Func<CancellationToken, Task> step)
    {
        try
        {
            await step(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped(Id);
        }
        catch (Exception fault)
        {
            LogFailed(fault, Id);
        }
    }

    async Task RemoveReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
            await this.UnregisterReminder(reminder);
    }

    UserView View(UserState current) => new()
    {
        Id = Id,
        Settings = current.Settings,
        Version = current.Version,
        Status = current.Status,
        NextRun = current.Status is UserStatus.Active ? current.NextDue : null,
        CreatedAt = current.CreatedAt,
        SnoozedUntil = current.SnoozedUntil,
    };

    public void Dispose()
    {
        stopping.Dispose();
        writing.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail of {UserId} deferred, attempt {Attempt}: {Reason}")]
    partial void LogDeferred(string userId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail of {UserId} refused for good: {Reason}")]
    partial void LogRefused(string userId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Work of {UserId} stopped with the silo; it goes on from the store")]
    partial void LogStopped(string userId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Check of {UserId} failed; the next tick repeats it")]
    partial void LogFailed(Exception fault, string userId);
}
