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
using Alerts.Users.Addresses;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Users;

/// <summary>
/// One user. A tick of the durable reminder wakes it; what is due follows from the stored <see cref="UserState.NextDue"/>.
/// A check runs beside the grain's calls, so that a slow eBay or mail server never holds up an answer:
/// search, compare, ONE write of what was seen with the mail to send, then the mail.
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

    /// <summary>The canonical queries of the searches of these settings, made once.</summary>
    (UserSettings? Settings, string[] Queries) queriesOf = (null, []);

    /// <summary>Whether what the store intended to mail has been compared with the delivery log.</summary>
    bool isSettled;

    public UserGrain(
        [PersistentState("user")] IPersistentState<UserRecord> store,
        UserWork work, UserSearches searches, UserMails mails, UserChannels channels, UserReminder reminder, UserPublisher publisher,
        RunAdmission admission, RunMetrics metrics, IOptions<AlertsOptions> options, TimeProvider clock, ILogger<UserGrain> logger)
    {
        (this.work, this.searches, this.mails, this.channels, this.reminder, this.publisher) = (work, searches, mails, channels, reminder, publisher);
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
        // What a silo had to break off, or could not store, is taken up wherever the user comes up next.
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

    public async Task<UserView> EnrolAsync(UserSettings settings)
    {
        if (row.User is null)
        {
            // The reminder goes first: without a user its tick removes it, while a user without a reminder would never be served.
            var firstTick = await reminder.AssignAsync(this.GetGrainId());
            await RemindAsync(firstTick);
            await ChangeAsync(_ => Lifecycle.Enrolled(Id, settings, options.Confirmation, Now) with
            {
                Phase = firstTick - options.ReminderPeriod,
                // No token of another user is good for this one, should ids ever meet.
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
        await ChangeAsync(user => user is not null && Lifecycle.Shown(user, searchId, listings, Now) is var next && next != user ? next : null);

    public async Task<SearchResults[]?> PeekResultsAsync(int limit) =>
        row.User is { } user ? await ResultsReader.PeekAsync(GrainFactory, user, limit, Now, options.ReminderPeriod) : null;

    public async Task<NotificationPage?> GetNotificationsAsync(NotificationCursor? after, int limit) =>
        row.User is { } user ? await NotificationReader.ReadAsync(mails.Log, Id, user, after, limit) : null;

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
        // Left undone by a crash, the old address's claim is void: this user has another address now.
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
        // What others asked for at this address is not what its owner chose.
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

    /// <summary>What an address says to a move that waits; null when it says nothing new and no such move waits.</summary>
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
            // Somebody else has confirmed it meanwhile.
            await ApplyAsync(AddressMove.Withdrawn);
            return;
        }

        // Erased before the address is another's, so that two are never served there.
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
        row.User is { } user && WebSessions.Find(user, keyHash, Now) is { } session ? new SignedIn(user.ToView(Id), session.Id, session.OpenedAt) : null);

    public Task<SessionView[]> ListSessionsAsync() => Task.FromResult<SessionView[]>(row.User is { } user
        ? [.. WebSessions.Open(user, Now).Select(session => new SessionView(session.Id, session.OpenedAt, session.Browser))]
        : []);

    public Task EndSessionAsync(string? id) => ApplyAsync(user => WebSessions.Ended(user, id, Now));

    public async Task<bool> DeleteAsync()
    {
        // From this write on there is no user; should the rest be cut short, the next tick does it.
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
        // The setting has changed since the reminder was registered.
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
        else if (Delivery.IsWaiting(user, Now) || (!isSettled && ChannelDelivery.IsWaiting(user, Now)) || Schedule.IsDue(user, Now, options.ReminderPeriod))
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

    /// <summary>A check gives its place back before its mail is sent: a slow mail server holds up mails and no checks.</summary>
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

    /// <summary>Notices go first, then the check, whose news joins an alert that waits, then the alert, then the insight mail.</summary>
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
    /// What the store intended may have left before a restart, since an acceptance is written to the delivery log alone. Before anything
    /// else is done, so that no news joins a mail that was sent, the log is asked; what it does not have is claimed by a write.
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

    /// <summary>Search, compare, write. If the settings changed while eBay answered, the result is thrown away and the check is made again.</summary>
    async Task CheckAsync(UserState before, CancellationToken cancellationToken)
    {
        var begin = Now;
        var queries = QueriesOf(before);
        // The searches go on, since others share them; who is erased, or whose silo stops, does not wait for a slow one.
        var answers = await searches.AskAsync(Id, before, queries).WaitAsync(cancellationToken);
        var plan = RunPlan.Make(before, queries, answers, Now, options.ReminderPeriod, Id, MailBudget.Of(before.Settings.Language).Fit);
        if (await ChangeAsync(user => ReferenceEquals(user, before) ? plan.Next : null, plan.MustWrite))
            metrics.Checked(begin - Schedule.DueAt(before), Schedule.Interval(before.Settings, options.ReminderPeriod), Now - begin, plan.MustWrite);
        else
            metrics.Overtaken();
    }

    /// <summary>Plans the insight mail. False when the prices cannot be read: the next tick asks again.</summary>
    async Task<bool> PlanInsightAsync(UserState before, CancellationToken cancellationToken)
    {
        try
        {
            var asked = before.Settings.Searches.Select(search => GrainFactory.GetGrain<IInsightGrain>(SearchQuery.KeyOf(search)).GetAsync());
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

    /// <summary>Sends one mail. The delivery log has the fact of an acceptance, so the emptied outbox needs no write of its own.</summary>
    async Task DeliverAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (row.Latest is not { } taken)
            return;
        var result = await mails.SendAsync(Id, taken, entry, () => Delivery.IsWanted(row.Latest, taken, entry), cancellationToken);
        await ChangeAsync(
            latest => latest is null ? null : Delivery.After(latest, entry, result, Now),
            // When the present address was asked decides when it has not objected, and the log does not know that.
            mustWrite: result is not DeliveryResult.Accepted || MoveQuestion.Is(entry), ofErased: true);
        mails.Tried(row.Latest, entry);
    }

    string[] QueriesOf(UserState user)
    {
        // Where the memory has the string already, one is enough.
        if (!ReferenceEquals(queriesOf.Settings, user.Settings))
            queriesOf = (user.Settings, [.. user.Settings.Searches.Select(SearchQuery.KeyOf).Select(query => Known(query) ?? query)]);
        return queriesOf.Queries;

        string? Known(string query) => user.Searches.FirstOrDefault(memory => memory.Query == query)?.Query;
    }

    // ---- The end of a user: one write after which there is none, a last mail, then the rest goes. Each step may be repeated. ----

    /// <summary>What is under way erases the user by itself.</summary>
    Task EraseUnlessAtWorkAsync() => work.IsIdle ? EraseAsync() : Task.CompletedTask;

    async Task EraseAsync()
    {
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

        // Whoever reads the shared data must learn of it: where the stream does not take it, the next tick comes back here.
        if (!await publisher.PublishEndAsync(Id))
            return;
        // The reminder goes last: while it is there its ticks come back here.
        await StoreAsync(async () =>
        {
            if (await this.GetReminder(UserReminder.Name) is { } registered)
                await this.UnregisterReminder(registered);
        });
        await reminder.ReleaseAsync(this.GetGrainId());
        DeactivateOnIdle();
    }

    // ---- The one way state changes ----

    /// <summary>Changes the user, if there is one, and does at once what the change makes due.</summary>
    async Task<UserView?> ApplyAsync(Func<UserState, UserState> change)
    {
        await ChangeAsync(user => user is not null && change(user) is var next && next != user ? next : null);
        if (row.User is not { } latest)
            return null;
        Start();
        return latest.ToView(Id);
    }

    /// <summary>Changes the row, from its newest state to the next; false, and nothing changes, when <paramref name="change"/> gives null.</summary>
    /// <param name="mustWrite">False for what a restart would find out again; the next write takes it along.</param>
    /// <param name="ofErased">Whether the change is also one of a user that is being erased; others see no user then.</param>
    async Task<bool> ChangeAsync(Func<UserState?, UserState?> change, bool mustWrite = true, bool ofErased = false)
    {
        UserChange? made = null;
        await RestartOnFaultAsync(async () => made = await row.ChangeAsync(latest => change(latest is { Erasing: true } && !ofErased ? null : latest), mustWrite));
        if (made is null)
            return false;
        mails.Changed(made.Before, made.After);
        StartChannels();
        publisher.Publish(row.User, Id);
        return true;
    }

    Task StoreAsync(Func<Task> access) => RestartOnFaultAsync(() => row.StoreAsync(access));

    /// <summary>After a failed write the grain starts anew from what the store has.</summary>
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
        // The moment may have passed while the dispatcher answered, and Orleans refuses what lies in the past: it is the same second of the next window.
        var due = nextTick - Now;
        var period = options.ReminderPeriod;
        return StoreAsync(() => this.RegisterOrUpdateReminder(UserReminder.Name, due < TimeSpan.Zero ? due + period : due, period));
    }

    IEmailAddressGrain Address(string email) => GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email));

    [LoggerMessage(Level = LogLevel.Debug, Message = "What came down for {UserId} could not be read; the next tick asks again")]
    partial void LogNoInsight(Exception fault, string userId);
}
