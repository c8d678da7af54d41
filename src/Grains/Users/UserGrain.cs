using Alerts.Configuration;
using Alerts.Email;
using Alerts.Insights;
using Alerts.Mail;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.Reminders;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.SharedData;
using Alerts.SharedData.Subscriptions;
using Alerts.State;
using Alerts.Users.Addresses;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
    UserSearches searches,
    UserReminder wakeUp,
    InterruptedRuns interrupted,
    MailSender email,
    DeliveryLog deliveryLog,
    DeliveryFailures failures,
    SettingsStream settingsStream,
    RunMetrics metrics,
    IOptions<AlertsOptions> options,
    TimeProvider clock,
    ILogger<UserGrain> logger) : Grain, IUserGrain, IDisposable
{
    CancellationTokenSource stopping = new();
    readonly SemaphoreSlim writing = new(1);

    /// <summary>The newest state; ahead of the store only by what a restart would find out again.</summary>
    UserState? user;

    /// <summary>What other services were last told of the user, without the queries, which the settings have; null when nothing.</summary>
    WatchedQueries? told;

    /// <summary>The canonical queries of the searches of these settings, made once.</summary>
    (UserSettings? Settings, string[] Queries) queriesOf = (null, []);

    /// <summary>Whether what the store intended to mail has been compared with the delivery log.</summary>
    bool isSettled;

    /// <summary>The check or delivery under way; one at a time.</summary>
    Task work = Task.CompletedTask;

    string Id => this.GetPrimaryKeyString();

    TimeSpan ReminderPeriod => options.Value.ReminderPeriod;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        user = store.State.User is { Erasing: false } stored ? stored : null;
        told = user is null ? null : Watching.ToldBefore(user, Id, clock.GetUtcNow());
        // What a silo had to break off, or could not store, is taken up wherever the user comes up next.
        if (user is not null && (Delivery.HasIntent(user) || Schedule.IsDue(user, clock.GetUtcNow())))
            Start(WorkAsync);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is under way may finish while the silo can wait; what then remains is in the store and is taken up again.
        await using var cut = cancellationToken.Register(() => stopping.Cancel());
        await work;
    }

    public async Task<UserView> EnrolAsync(UserSettings settings, string? fingerprint)
    {
        if (user is null)
        {
            // The reminder goes first: without a user its tick removes it, while a user without a reminder would never be served.
            var firstTick = await wakeUp.AssignAsync(this.GetGrainId());
            await RemindAsync(firstTick);
            await ChangeAsync(_ => Lifecycle.Enrolled(Id, settings, options.Value.Confirmation, clock.GetUtcNow()) with { Phase = firstTick - ReminderPeriod, EnrolmentFingerprint = fingerprint });
            isSettled = true;
            Start(WorkAsync);
        }

        return View(user!);
    }

    public Task<UserView?> GetAsync() => Task.FromResult(user is null ? null : View(user));

    public async Task<SearchResults[]?> GetResultsAsync(int limit) =>
        user is { } current ? await ResultsReader.ReadAsync(GrainFactory, current, limit, clock.GetUtcNow()) : null;

    public async Task<SearchResults[]?> PeekResultsAsync(int limit) =>
        user is { } current ? await ResultsReader.PeekAsync(GrainFactory, current, limit, clock.GetUtcNow()) : null;

    public async Task<NotificationPage?> GetNotificationsAsync(NotificationCursor? after, int limit) =>
        user is { } current ? await NotificationReader.ReadAsync(deliveryLog, Id, current, after, limit) : null;

    public async Task<ReplaceResult> ReplaceSettingsAsync(UserSettings settings, int expectedVersion, AddressRequest? request)
    {
        var oldAddress = user?.Settings.Email;
        if (!await ChangeAsync(current => current?.Version == expectedVersion
                ? Lifecycle.Replaced(current, Id, settings, request, clock.GetUtcNow(), ReminderPeriod)
                : null))
            return new ReplaceResult(user is null ? ReplaceOutcome.NotFound : ReplaceOutcome.VersionConflict, user is null ? null : View(user));

        var view = View(user!);
        Start(WorkAsync);
        // Left undone by a crash, the old address's claim is void: this user has another address now.
        if (EmailAddressKey.Of(oldAddress!) != EmailAddressKey.Of(settings.Email))
            await Address(oldAddress!).ReleaseAsync(Id);
        return new ReplaceResult(ReplaceOutcome.Replaced, view);
    }

    public Task<UserView?> PauseAsync() => ApplyAsync(Lifecycle.Paused);

    public Task<UserView?> ResumeAsync() => ApplyAsync(current => Lifecycle.Resumed(current, clock.GetUtcNow()));

    public Task<UserView?> SnoozeAsync(DateTimeOffset until) => ApplyAsync(current => Lifecycle.Snoozed(current, until));

    public async Task<UserView?> ConfirmAsync(int tokenGeneration) =>
        user?.TokenGeneration == tokenGeneration ? await ApplyAsync(current => Lifecycle.Confirmed(current, Id, clock.GetUtcNow())) : null;

    public async Task UnsubscribeAsync(string? searchId) =>
        await ApplyAsync(current => Lifecycle.Unsubscribed(current, searchId));

    public async Task<bool> ResubscribeAsync(string? searchId, int tokenGeneration)
    {
        if (user?.TokenGeneration != tokenGeneration)
            return false;
        await ApplyAsync(current => Lifecycle.Resubscribed(current, searchId, clock.GetUtcNow()));
        return true;
    }

    public Task<UserView?> RotateTokensAsync() => ApplyAsync(Lifecycle.TokensRotated);

    public Task RemindOwnerAsync() => ApplyAsync(current => Lifecycle.OwnerReminded(current, Id, clock.GetUtcNow()));

    public async Task<bool> LiftSuppressionAsync(DateTimeOffset? from, DateTimeOffset? to)
    {
        var isLifted = await ChangeAsync(current => current is null ? null : Lifecycle.SuppressionLifted(current, from, to, clock.GetUtcNow()));
        if (isLifted)
            Start(WorkAsync);
        return isLifted;
    }

    public Task SendSignInAsync() => ApplyAsync(current => Lifecycle.SignInAsked(current, Id, clock.GetUtcNow()));

    public async Task<UserView?> OpenSessionAsync(string linkId, string keyHash, string browser)
    {
        var now = clock.GetUtcNow();
        return await ChangeAsync(current => current is null ? null : WebSessions.Opened(
                current,
                new WebSession { Id = linkId, KeyHash = keyHash, OpenedAt = now, Browser = browser, Generation = current.TokenGeneration },
                now))
            ? View(user!)
            : null;
    }

    public Task<SignedIn?> FindSessionAsync(string keyHash) => Task.FromResult(
        user is { } current && WebSessions.Find(current, keyHash, clock.GetUtcNow()) is { } session ? new SignedIn(View(current), session.Id) : null);

    public Task<SessionView[]> ListSessionsAsync() => Task.FromResult<SessionView[]>(user is { } current
        ? [.. WebSessions.Open(current, clock.GetUtcNow()).Select(session => new SessionView(session.Id, session.OpenedAt, session.Browser))]
        : []);

    public Task EndSessionAsync(string? id) => ApplyAsync(current => WebSessions.Ended(current, id, clock.GetUtcNow()));

    public async Task MoveAsync(int second)
    {
        if (user is null)
            return;
        var nextTick = wakeUp.At(this.GetGrainId(), second);
        await RemindAsync(nextTick);
        await ChangeAsync(current => current is null ? null : Schedule.Moved(current, nextTick, ReminderPeriod));
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => WakeAsync();

    public async Task<bool> WakeAsync()
    {
        var now = clock.GetUtcNow();
        if (user is not { } current)
            await EraseUnlessAtWorkAsync();
        else if (Lifecycle.HasLapsed(current, now))
            await DeleteAsync();
        else if (Lifecycle.HasLapsedRequest(current, now))
            await ApplyAsync(Lifecycle.AddressWithdrawn);
        else if (Lifecycle.NeedsRepeat(current, now))
            await ApplyAsync(latest => Lifecycle.ConfirmationRepeated(latest, Id, now));
        else if (Delivery.IsWaiting(current, now) || Schedule.IsDue(current, now))
            Start(WorkAsync);
        Tell();
        return !work.IsCompleted || !admission.IsClosed;
    }

    /// <summary>Does what is to be done by now: notices, then the check, whose news joins an alert that waits, then the alert, then what came down.</summary>
    async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var slot = await admission.EnterAsync(cancellationToken);
        await SettleAsync(cancellationToken);
        while (user is { } current)
        {
            var now = clock.GetUtcNow();
            if (Delivery.NextNotice(current, now) is { } notice)
                await DeliverAsync(current, notice, cancellationToken);
            else if (Schedule.IsDue(current, now))
                await CheckAsync(current, cancellationToken);
            else if (Delivery.NextAlert(current, now) is { } alert)
                await DeliverAsync(current, alert, cancellationToken);
            else if (Delivery.NextInsight(current, now) is { } insight)
                await DeliverAsync(current, insight, cancellationToken);
            else if (!InsightPlanner.IsDue(current, now) || !await LookBackAsync(current, cancellationToken))
                return;
        }
    }

    /// <summary>
    /// What the store intended may have left before a restart, since an acceptance is written to the delivery log alone. Before anything
    /// else is done, so that no news joins a mail that was sent, the log is asked; what it does not have is claimed by a write.
    /// </summary>
    async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (isSettled)
            return;
        if (user is { } stored)
        {
            var accepted = new List<string>();
            var intended = Delivery.Intended(stored).Select(entry => entry.Notification.Id).ToList();
            foreach (var id in intended)
                if (await deliveryLog.WasAcceptedAsync(id, cancellationToken))
                    accepted.Add(id);
            await ChangeAsync(current => current is null ? null : Delivery.Settled(current, accepted), mustWrite: accepted.Count < intended.Count);
        }

        isSettled = true;
    }

    /// <summary>Search, compare, write. Settings changed while eBay answered: nothing is taken over, and the whole check is made anew by the new ones.</summary>
    async Task CheckAsync(UserState before, CancellationToken cancellationToken)
    {
        var begin = clock.GetUtcNow();
        var queries = QueriesOf(before);
        // The searches go on, being others' too; who is erased, or whose silo stops, does not wait for a slow one.
        var answers = await searches.AskAsync(Id, before, queries).WaitAsync(cancellationToken);
        var plan = RunPlan.Make(before, queries, answers, clock.GetUtcNow(), ReminderPeriod, Id);
        var isTaken = await ChangeAsync(current => ReferenceEquals(current, before) ? plan.Next : null, plan.MustWrite);
        if (isTaken)
            metrics.Checked(begin - Schedule.DueAt(before), Schedule.Interval(before.Settings, ReminderPeriod), clock.GetUtcNow() - begin, plan.MustWrite);
        else
            metrics.Overtaken();
    }

    /// <summary>Asks what came down, for the insight mail. False when that cannot be read: the next tick asks again.</summary>
    async Task<bool> LookBackAsync(UserState before, CancellationToken cancellationToken)
    {
        try
        {
            var insights = await Task.WhenAll(before.Settings.Searches.Select(search => GrainFactory.GetGrain<IInsightGrain>(SearchQuery.KeyOf(search)).GetAsync())).WaitAsync(cancellationToken);
            await ChangeAsync(current => ReferenceEquals(current, before) ? InsightPlanner.Plan(before, insights, clock.GetUtcNow(), Id) : null);
            return true;
        }
        catch (Exception fault) when (fault is StoreUnavailableException { IsConflict: false } or TimeoutException or OrleansException)
        {
            LogNoInsight(fault, Id);
            return false;
        }
    }

    string[] QueriesOf(UserState current)
    {
        // Where the memory has the string already, one is enough.
        if (!ReferenceEquals(queriesOf.Settings, current.Settings))
            queriesOf = (current.Settings, [.. current.Settings.Searches.Select(SearchQuery.KeyOf).Select(query => current.Searches.FirstOrDefault(memory => memory.Query == query)?.Query ?? query)]);
        return queriesOf.Queries;
    }

    /// <summary>Sends one mail. The delivery log has the fact of an acceptance, so the emptied outbox needs no write of its own.</summary>
    async Task DeliverAsync(UserState current, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var result = await SendAsync(current, entry, () => Delivery.IsWanted(user, current, entry), cancellationToken);
        await ChangeAsync(
            latest => latest is null ? null : Delivery.After(latest, entry, result, clock.GetUtcNow()),
            mustWrite: result is not DeliveryResult.Accepted);
        // Unsubscribed from, paused or replaced while it was on its way, it does not wait for another attempt, whatever was noted.
        if (!Delivery.WaitsForServer(user, entry.Notification.Id))
            failures.Settle(entry.Notification.Id);
        if (current.Status is not UserStatus.Suppressed && user?.Status is UserStatus.Suppressed)
            metrics.Suppressed();
    }

    Task<DeliveryResult> SendAsync(UserState current, OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var settings = entry.Address is { } address ? current.Settings with { Email = address } : current.Settings;
        return admission.ObserveAsync(
            () => email.SendAsync(new MailRecipient(Id, settings, current.TokenGeneration), entry, isWanted, cancellationToken),
            failed: answer => answer is DeliveryResult.Deferred);
    }

    /// <summary>Changes the user, if there is one, and does at once what the change makes due.</summary>
    async Task<UserView?> ApplyAsync(Func<UserState, UserState> change)
    {
        await ChangeAsync(current => current is not null && change(current) is var next && next != current ? next : null);
        if (user is not { } latest)
            return null;
        var view = View(latest);
        Start(WorkAsync);
        return view;
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
            // The newest state is the only one kept: the last one written would hold on to a mail that has left.
            store.State.User = next;
            if (mustWrite)
            {
                await StoreAsync(store.WriteStateAsync);
                metrics.Written();
            }

            var before = user;
            user = next.Erasing ? null : next;
            foreach (var id in before is null ? [] : Delivery.Ended(before, user))
                failures.Settle(id);
            Tell();
            return true;
        }
        finally
        {
            writing.Release();
        }
    }

    Task RemindAsync(DateTimeOffset nextTick)
    {
        // The moment may have passed while the dispatcher answered, and Orleans refuses what lies in the past: it is the same second of the next window.
        var due = nextTick - clock.GetUtcNow();
        return StoreAsync(() => this.RegisterOrUpdateReminder(UserReminder.Name, due < TimeSpan.Zero ? due + ReminderPeriod : due, ReminderPeriod));
    }

    /// <summary>Clients cannot read the drivers' exceptions: they get ours. The grain starts anew from what the store has.</summary>
    async Task StoreAsync(Func<Task> access)
    {
        try
        {
            await admission.ObserveAsync(access);
        }
        catch (Exception fault)
        {
            metrics.NotStored();
            LogStoreFailed(fault, Id);
            DeactivateOnIdle();
            throw new StoreUnavailableException("The user could not be stored.", fault is InconsistentStateException);
        }
    }

    /// <summary>Tells other services what the user watches, when that changed or was told long ago.</summary>
    void Tell()
    {
        var now = clock.GetUtcNow();
        if (!Watching.IsToldAnew(told, user, now))
            return;
        var watched = Watching.Of(user, told, Id, now);
        told = user is null ? null : watched with { Queries = [] };
        // A stream that did not take it has nothing told: the next tick does it again.
        _ = settingsStream.TellAsync(watched).ContinueWith(
            taken => told = taken.Result ? told : null,
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
    }

    void Start(Func<CancellationToken, Task> step)
    {
        if (work.IsCompleted)
            work = GuardAsync(step);
    }

    /// <summary>Whatever fails here is repeated soon, and by the next tick at the latest, from the state that was written.</summary>
    async Task GuardAsync(Func<CancellationToken, Task> step)
    {
        using var activity = Telemetry.Source.StartActivity("user work");
        activity?.SetTag(Telemetry.UserTag, Id);
        try
        {
            await step(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || admission.IsClosed)
        {
            LogStopped(Id);
        }
        catch (Exception fault)
        {
            LogFailed(fault, Id);
            interrupted.Add(Id);
        }
    }

    IEmailAddressGrain Address(string email) => GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email));

    UserView View(UserState current) => current.ToView(Id);

    public void Dispose()
    {
        stopping.Dispose();
        writing.Dispose();
    }
}
