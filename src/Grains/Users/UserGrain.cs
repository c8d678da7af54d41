using System.Security.Cryptography;
using Alerts.Configuration;
using Alerts.Insights;
using Alerts.Mail.Templates;
using Alerts.Outbox;
using Alerts.Reminders;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Addresses;
using Alerts.Users.Channels;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Users;

/// <summary>
/// One user. A tick of the durable reminder wakes the grain; the stored <see cref="UserState.NextDue"/> decides what is due. A check runs
/// beside the grain's calls, so a slow eBay or mail server delays no answer. It searches, compares, writes seen listings and mail in ONE
/// write, then sends the mail.
/// </summary>
public sealed partial class UserGrain : Grain, IUserGrain, IDisposable
{
    readonly UserRow row;
    readonly UserWork work;
    readonly UserSearches searches;
    readonly UserMails mails;
    readonly UserChannels channels;
    readonly UserReminder reminder;
    readonly UserPublisher publisher;
    readonly RunAdmission admission;
    readonly RunMetrics metrics;
    readonly AlertsOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;

    /// <summary>The canonical queries of these settings, made once.</summary>
    (UserSettings? Settings, string[] Queries) queriesOf = (null, []);

    /// <summary>Whether the outbox from the store has been compared with the delivery log.</summary>
    bool isSettled;

    public UserGrain(
        [PersistentState("user")] IPersistentState<UserRecord> store,
        UserWork work, UserSearches searches, UserMails mails, UserChannels channels, UserReminder reminder, UserPublisher publisher,
        RunAdmission admission, RunMetrics metrics, IOptions<AlertsOptions> options, TimeProvider clock, ILogger<UserGrain> logger)
    {
        (this.work, this.searches, this.mails, this.channels, this.reminder, this.publisher) = (work, searches, mails, channels, reminder,
            publisher);
        (this.admission, this.metrics, this.options, this.clock, this.logger) = (admission, metrics, options.Value, clock, logger);
        row = new UserRow(store, admission, metrics, clock, logger, Id);
    }

    string Id => this.GetPrimaryKeyString();

    DateTimeOffset Now => clock.GetUtcNow();

    // ---- Life of the activation ----

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        publisher.Begin(row.User, Id);
        // A silo may have broken work off, or may not have stored it. The user's next activation continues it.
        if (row.User is { } user && (Delivery.HasIntent(user) || Schedule.IsDue(user, Now, options.ReminderPeriod)))
            Start();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await work.EndAsync(cancellationToken);
        await EndChannelsAsync(one => one.EndAsync(cancellationToken));
    }

    public void Dispose()
    {
        row.Dispose();
        if (channelWork is null)
            return;
        foreach (var one in channelWork.Values)
            one.Dispose();
    }

    // ---- What people do ----

    public Task<UserView> EnrolAsync(UserSettings settings) => AddAsync(now => Lifecycle.Enrolled(Id, settings, options.Confirmation, now));

    public Task<UserView> ImportAsync(UserSettings settings, UserStanding standing) =>
        AddAsync(now => Lifecycle.Imported(Id, settings, standing, now));

    async Task<UserView> AddAsync(Func<DateTimeOffset, UserState> make)
    {
        if (row.User is null)
        {
            // The reminder is set first. A tick without a user removes the reminder, but a user without a reminder would never be served.
            var firstTick = await reminder.AssignAsync(this.GetGrainId());
            await RemindAsync(firstTick);
            await ChangeAsync(_ => make(Now) with
            {
                Phase = firstTick - options.ReminderPeriod,
                // If two users ever had the same id, tokens of the one would still not work for the other.
                TokenGeneration = RandomNumberGenerator.GetInt32(1, Lifecycle.MaxFirstGeneration),
            });
            isSettled = true;
            Start();
        }

        return row.User!.ToView(Id);
    }

    public Task<UserView?> GetAsync() => Task.FromResult(row.User?.ToView(Id));

    public async Task<SearchResults[]?> GetResultsAsync(int limit) =>
        row.User is { } user ? await ResultsReader.ReadAsync(GrainFactory, user, limit, Now, options.ReminderPeriod) : null;

    public async Task ShownAsync(string searchId, ShownListing[] listings) =>
        await ChangeAsync(user => user is not null && Lifecycle.Shown(user, searchId, listings, Now) is var next && next != user ? next
            : null);

    public async Task<SearchResults[]?> PeekResultsAsync(int limit) =>
        row.User is { } user ? await ResultsReader.PeekAsync(GrainFactory, user, limit, Now, options.ReminderPeriod) : null;

    public async Task<NotificationPage?> GetNotificationsAsync(NotificationCursor? after, int limit) =>
        row.User is { } user ? await NotificationReader.ReadAsync(mails.Log, Id, user, after, limit) : null;

    public async Task<NotificationContent?> GetNotificationAsync(string notificationId) =>
        row.User is { } user ? await NotificationReader.FindAsync(mails.Log, Id, user, notificationId, Now) : null;

    public Task<UserChecks?> GetChecksAsync() => Task.FromResult(row.User is { } user
        ? new UserChecks { Status = user.Status, SuppressedAt = user.SuppressedAt, Items = [.. user.Checks.Reverse()] }
        : null);

    public async Task<ReplaceResult> ReplaceSettingsAsync(UserSettings settings, int expectedVersion, AddressRequest? request)
    {
        var oldAddress = row.User?.Settings.Email;
        if (!await ChangeAsync(user => user?.Version == expectedVersion
                ? Lifecycle.Replaced(user, Id, settings, request, Now, options.ReminderPeriod)
                : null))
            return new ReplaceResult(row.User is null ? ReplaceOutcome.NotFound : ReplaceOutcome.VersionConflict, row.User?.ToView(Id));

        var view = row.User!.ToView(Id);
        Start();
        // If a crash prevents this, the old address's claim is void anyway: the user has another address by then.
        if (EmailAddressKey.Of(oldAddress!) != EmailAddressKey.Of(settings.Email))
            await Address(oldAddress!).ReleaseAsync(Id);
        return new ReplaceResult(ReplaceOutcome.Replaced, view);
    }

    public Task<UserView?> PauseAsync() => ApplyAsync(Lifecycle.Paused);

    public Task<UserView?> ResumeAsync() => ApplyAsync(user => Lifecycle.Resumed(user, Now));

    public Task<UserView?> SnoozeAsync(DateTimeOffset until) => ApplyAsync(user => Lifecycle.Snoozed(user, until));

    public async Task<UserView?> ConfirmAsync(int tokenGeneration)
    {
        if (row.User is not { } before || before.TokenGeneration != tokenGeneration)
            return null;
        if (before.Status is not UserStatus.Unconfirmed)
            return await ApplyAsync(user => Lifecycle.Confirmed(user, Id, Now));
        if (await Address(before.Settings.Email).ClaimAsync(Id) is not { } others)
            return null;
        var confirmed = await ApplyAsync(user => Lifecycle.Confirmed(user, Id, Now));
        // Strangers' requests at this address are not the owner's choice.
        foreach (var other in others)
            await GrainFactory.GetGrain<IUserGrain>(other).DeleteAsync();
        return confirmed;
    }

    public Task UnsubscribeAsync(string? searchId) => ApplyAsync(user => Lifecycle.Unsubscribed(user, searchId));

    public async Task<bool> ResubscribeAsync(string? searchId, int tokenGeneration)
    {
        if (row.User?.TokenGeneration != tokenGeneration)
            return false;
        await ApplyAsync(user => Lifecycle.Resubscribed(user, searchId, Now));
        return true;
    }

    public Task<UserView?> RotateTokensAsync() => ApplyAsync(Lifecycle.TokensRotated);

    public Task<UserView?> ConfirmMoveAsync(string address, int tokenGeneration) =>
        AnswerMoveAsync(tokenGeneration, user => AddressMove.Confirmed(user, Id, address, Now));

    public Task<UserView?> AllowMoveAsync(string address, int tokenGeneration) =>
        AnswerMoveAsync(tokenGeneration, user => AddressMove.Allowed(user, address, Now));

    public Task<UserView?> RefuseMoveAsync(string address, int tokenGeneration) =>
        AnswerMoveAsync(tokenGeneration, user => AddressMove.Refused(user, address));

    /// <summary>The answer of an address to a waiting move; null when no such move waits or the answer is not new.</summary>
    async Task<UserView?> AnswerMoveAsync(int tokenGeneration, Func<UserState, UserState?> answer)
    {
        if (!await ChangeAsync(user => user?.TokenGeneration == tokenGeneration ? answer(user) : null))
            return null;
        await MoveIfDueAsync();
        Start();
        return row.User?.ToView(Id);
    }

    async Task MoveIfDueAsync()
    {
        if (row.User is not { PendingEmail: { } email } user || !AddressMove.IsDue(user, Now))
            return;
        if (await Address(email).ClaimAsync(Id) is not { } others)
        {
            // Another user confirmed the address meanwhile.
            await ApplyAsync(AddressMove.Withdrawn);
            return;
        }

        // The others are erased before the address changes its owner, so that never two users are served there.
        foreach (var other in others)
            await GrainFactory.GetGrain<IUserGrain>(other).DeleteAsync();
        var old = user.Settings.Email;
        if (await ChangeAsync(latest => latest?.PendingEmail == email && AddressMove.IsDue(latest, Now)
                ? Lifecycle.Replaced(latest, Id, latest.Settings with { Email = email }, null, Now, options.ReminderPeriod)
                : null))
            await Address(old).ReleaseAsync(Id);
    }

    public Task RemindOwnerAsync() => ApplyAsync(user => Lifecycle.OwnerReminded(user, Id, Now));

    public async Task<bool> LiftSuppressionAsync(DateTimeOffset? from, DateTimeOffset? to)
    {
        var isLifted = await ChangeAsync(user => user is null ? null : Lifecycle.SuppressionLifted(user, from, to, Now));
        if (isLifted)
            Start();
        return isLifted;
    }

    public async Task<int> RetryMailsAsync()
    {
        var waiting = 0;
        if (await ChangeAsync(user => user is not null && (waiting = Delivery.WaitingForNextAttempt(user)) > 0 ? Delivery.TriedAtOnce(user)
            : null))
            Start();
        return waiting;
    }

    public Task SendSignInAsync() => ApplyAsync(user => Lifecycle.SignInAsked(user, Id, Now));

    public async Task<UserView?> OpenSessionAsync(string linkId, string keyHash, string browser)
    {
        var now = Now;
        return await ChangeAsync(user => user is null ? null : WebSessions.Opened(
                user,
                new WebSession { Id = linkId, KeyHash = keyHash, OpenedAt = now, Browser = browser, Generation = user.TokenGeneration },
                now))
            ? row.User!.ToView(Id)
            : null;
    }

    public Task<SignedIn?> FindSessionAsync(string keyHash) => Task.FromResult(
        row.User is { } user && WebSessions.Find(user, keyHash, Now) is { } session
            ? new SignedIn(user.ToView(Id), session.Id, session.OpenedAt) : null);

    public Task<SessionView[]> ListSessionsAsync() => Task.FromResult<SessionView[]>(row.User is { } user
        ? [.. WebSessions.Open(user, Now).Select(session => new SessionView(session.Id, session.OpenedAt, session.Browser))]
        : []);

    public Task EndSessionAsync(string? id) => ApplyAsync(user => WebSessions.Ended(user, id, Now));

    public async Task<bool> DeleteAsync()
    {
        // After this write there is no user. If the rest is interrupted, the next tick does it.
        if (!await ChangeAsync(user => user is null ? null : Lifecycle.Erased(user, Id, Now)))
            return false;
        await work.StopAsync();
        await EndChannelsAsync(one => one.StopAsync());
        await EraseAsync();
        return true;
    }

    // ---- What time does ----

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await WakeAsync();
        // The period in the settings has changed since the reminder was registered.
        if (row.User is not null && status.Period != options.ReminderPeriod)
            await MoveToAsync(await reminder.AssignAsync(this.GetGrainId()));
    }

    public async Task<bool> WakeAsync()
    {
        if (row.User is not { } user)
            await EraseUnlessAtWorkAsync();
        else if (Lifecycle.HasLapsed(user, Now))
            await DeleteAsync();
        else if (AddressMove.IsDue(user, Now))
            await MoveIfDueAsync();
        else if (AddressMove.HasLapsed(user, Now))
            await ApplyAsync(AddressMove.Withdrawn);
        else if (AddressMove.HasSettled(user, Now))
            await ApplyAsync(AddressMove.Settled);
        else if (Lifecycle.NeedsRepeat(user, Now))
            await ApplyAsync(latest => Lifecycle.ConfirmationRepeated(latest, Id, Now));
        else if (Delivery.IsWaiting(user, Now) || (!isSettled && ChannelDelivery.IsWaiting(user, Now))
            || Schedule.IsDue(user, Now, options.ReminderPeriod))
            Start();
        StartChannels();
        publisher.Publish(row.User, Id);
        return !work.IsIdle || !admission.IsClosed;
    }

    public async Task MoveAsync(int second)
    {
        if (row.User is not null)
            await MoveToAsync(reminder.At(this.GetGrainId(), second));
    }

    async Task MoveToAsync(DateTimeOffset nextTick)
    {
        await RemindAsync(nextTick);
        await ChangeAsync(user => user is null ? null : Schedule.Moved(user, nextTick, options.ReminderPeriod));
    }

    // ---- The work: checks and mails, one after the other ----

    void Start() => work.Start(Id, WorkAsync);

    /// <summary>A check gives its place back before its mail is sent: a slow mail server delays mails, but no checks.</summary>
    async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            OutboxEntry mail;
            Task<IDisposable> turn;
            using (await admission.Checks.EnterAsync(cancellationToken))
            {
                await SettleAsync(cancellationToken);
                if (await NextMailAsync(cancellationToken) is not { } next)
                    return;
                (mail, turn) = (next, admission.Mails.EnterAsync(cancellationToken));
            }

            using (await turn)
                await DeliverAsync(mail, cancellationToken);
            if (row.Erased is { Notices: [] })
            {
                await EraseAsync();
                return;
            }
        }
    }

    /// <summary>The order: notices, then the check, whose news joins a waiting alert, then the alert, then the insight mail.</summary>
    async Task<OutboxEntry?> NextMailAsync(CancellationToken cancellationToken)
    {
        while (row.User is { } user)
        {
            if (Delivery.NextNotice(user, Now) is { } notice)
                return notice;
            if (Schedule.IsDue(user, Now, options.ReminderPeriod))
                await CheckAsync(user, cancellationToken);
            else if ((Delivery.NextAlert(user, Now) ?? Delivery.NextInsight(user, Now)) is { } mail)
                return mail;
            else if (!InsightPlanner.IsDue(user, Now) || !await PlanInsightAsync(user, cancellationToken))
                return null;
        }

        return row.Erased is { } erased ? Delivery.NextNotice(erased, Now) : null;
    }

    /// <summary>
    /// Mails in the stored outbox may have been sent before a restart: only the delivery log has the acceptance. So the log is asked before
    /// anything else, and no news joins a mail that was sent. Mails that the log does not have are claimed by a write.
    /// </summary>
    async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (isSettled)
            return;
        if (row.Latest is { } stored && Delivery.HasIntent(stored))
        {
            var accepted = await mails.AcceptedAsync(stored, cancellationToken);
            await ChangeAsync(latest => latest is null ? null : Delivery.Settled(latest, accepted, Now), ofErased: true);
        }

        isSettled = true;
        StartChannels();
    }

    /// <summary>
    /// Search, compare, write. If the settings changed while eBay answered, the result is thrown away and the check is made again.
    /// </summary>
    async Task CheckAsync(UserState before, CancellationToken cancellationToken)
    {
        var begin = Now;
        var queries = QueriesOf(before);
        // The searches go on, since other users share them. A user that is erased, or whose silo stops, does not wait for them.
        var answers = await searches.AskAsync(Id, before, queries).WaitAsync(cancellationToken);
        var plan = RunPlan.Make(before, queries, answers, Now, options.ReminderPeriod, Id, MailBudget.Of(before.Settings.Language).Fit);
        if (await ChangeAsync(user => ReferenceEquals(user, before) ? plan.Next : null, plan.MustWrite))
            metrics.Checked(begin - Schedule.DueAt(before), Schedule.Interval(before.Settings, options.ReminderPeriod), Now - begin,
                plan.MustWrite);
        else
            metrics.Overtaken();
    }

    /// <summary>Plans the insight mail. False when the prices cannot be read: the next tick tries again.</summary>
    async Task<bool> PlanInsightAsync(UserState before, CancellationToken cancellationToken)
    {
        try
        {
            var asked = SearchQuery.KeysOf(before.Settings).Select(query => GrainFactory.GetGrain<IInsightGrain>(query).GetAsync());
            var insights = await Task.WhenAll(asked).WaitAsync(cancellationToken);
            await ChangeAsync(user => ReferenceEquals(user, before) ? InsightPlanner.Plan(before, insights, Now, Id) : null);
            return true;
        }
        catch (Exception fault) when (fault is StoreUnavailableException { IsConflict: false } or TimeoutException or OrleansException)
        {
            LogNoInsight(fault, Id);
            return false;
        }
    }

    /// <summary>Sends one mail. The delivery log has the acceptance, so the emptied outbox needs no write of its own.</summary>
    async Task DeliverAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (row.Latest is not { } taken)
            return;
        var result = await mails.SendAsync(Id, taken, entry, () => Delivery.IsWanted(row.Latest, taken, entry), cancellationToken);
        await ChangeAsync(
            latest => latest is null ? null : Delivery.After(latest, entry, result, Now),
            // The time at which the present address was asked starts its time to object. The log does not have that time, so it is written.
            mustWrite: result is not DeliveryResult.Accepted || MoveQuestion.Is(entry), ofErased: true);
        mails.Tried(row.Latest, entry);
    }

    string[] QueriesOf(UserState user)
    {
        // The search's memory may have an equal string: one copy is enough.
        if (!ReferenceEquals(queriesOf.Settings, user.Settings))
            queriesOf = (user.Settings, [.. SearchQuery.KeysOf(user.Settings).Select(query => Known(query) ?? query)]);
        return queriesOf.Queries;

        string? Known(string query) => user.Searches.FirstOrDefault(memory => memory.Query == query)?.Query;
    }

    // ---- The end of a user: one write after which there is none, a last mail, then the rest goes. Each step may be repeated. ----

    /// <summary>Running work erases the user itself when it ends.</summary>
    Task EraseUnlessAtWorkAsync() => work.IsIdle ? EraseAsync() : Task.CompletedTask;

    async Task EraseAsync()
    {
        var isKept = await publisher.KeepErasureAsync(Id);
        if (row.Erased is { } erased)
        {
            var goodbye = erased.Notices.FirstOrDefault();
            await StoreAsync(() => mails.Log.DeleteUserAsync(Id, except: goodbye?.Notification.Id, CancellationToken.None));
            await StoreAsync(() => publisher.EraseAsync(Id));
            await Address(erased.Settings.Email).ReleaseAsync(Id);
            if (goodbye is not null)
            {
                Start();
                return;
            }

            await RestartOnFaultAsync(row.ClearAsync);
        }

        // Readers of the shared data must learn of the erasure, and the list of erased users. If one is not reached, the next tick comes
        // back here.
        if (!isKept || !await publisher.PublishEndAsync(Id))
            return;
        // The reminder is removed last: until then its ticks come back here.
        await StoreAsync(async () =>
        {
            if (await this.GetReminder(UserReminder.Name) is { } registered)
                await this.UnregisterReminder(registered);
        });
        await reminder.ReleaseAsync(this.GetGrainId());
        DeactivateOnIdle();
    }

    // ---- The one way state changes ----

    /// <summary>Changes the user, if there is one, and starts what the change makes due.</summary>
    async Task<UserView?> ApplyAsync(Func<UserState, UserState> change)
    {
        await ChangeAsync(user => user is not null && change(user) is var next && next != user ? next : null);
        if (row.User is not { } latest)
            return null;
        Start();
        return latest.ToView(Id);
    }

    /// <summary>Changes the row to its next state. Returns false and changes nothing when <paramref name="change"/> returns null.</summary>
    /// <param name="mustWrite">False for changes that a restart would make again; the next write stores them.</param>
    /// <param name="ofErased">
    /// Whether the change may also apply to a user that is being erased; to other changes there is no user then.
    /// </param>
    async Task<bool> ChangeAsync(Func<UserState?, UserState?> change, bool mustWrite = true, bool ofErased = false)
    {
        UserChange? made = null;
        await RestartOnFaultAsync(async () => made = await row.ChangeAsync(latest => change(latest is { Erasing: true } && !ofErased ? null
            : latest), mustWrite));
        if (made is null)
            return false;
        mails.Changed(made.Before, made.After);
        StartChannels();
        publisher.Publish(row.User, Id);
        return true;
    }

    Task StoreAsync(Func<Task> access) => RestartOnFaultAsync(() => row.StoreAsync(access));

    /// <summary>After a failed write the grain starts again from the stored state.</summary>
    async Task RestartOnFaultAsync(Func<Task> access)
    {
        try
        {
            await access();
        }
        catch (StoreUnavailableException)
        {
            DeactivateOnIdle();
            throw;
        }
    }

    Task RemindAsync(DateTimeOffset nextTick)
    {
        // The moment may have passed while the dispatcher answered, and Orleans accepts only the future: take the same second of the next
        // window.
        var due = nextTick - Now;
        var period = options.ReminderPeriod;
        return StoreAsync(() => this.RegisterOrUpdateReminder(UserReminder.Name, due < TimeSpan.Zero ? due + period : due, period));
    }

    IEmailAddressGrain Address(string email) => GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email));

    [LoggerMessage(Level = LogLevel.Debug, Message = "The price drops for {UserId} could not be read; the next tick tries again")]
    partial void LogNoInsight(Exception fault, string userId);
}
