using System.Collections.Immutable;
using System.Security.Cryptography;
using Alerts.Configuration;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Tokens;
using Alerts.Users.Addresses;

namespace Alerts.Users;

/// <summary>How people's actions change a user: enrol, confirm, change, pause, snooze, resume, unsubscribe, erase. Pure.</summary>
public static class Lifecycle
{
    /// <summary>An address may stay unconfirmed for this long; then its user is erased.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(7);

    /// <summary>When the confirmation is mailed a second time, at most once.</summary>
    public static readonly TimeSpan RepeatConfirmationAfter = TimeSpan.FromDays(1);

    /// <summary>The least time between two manage links that a stranger's requests can cause.</summary>
    public static readonly TimeSpan RemindOwnerEvery = TimeSpan.FromDays(1);

    const int SignInDigits = 16;

    /// <summary>The rest of the range leaves room for a billion rotations.</summary>
    public const int MaxFirstGeneration = 1 << 30;

    /// <summary>A new user: active, or unconfirmed until its address is confirmed.</summary>
    public static UserState Enrolled(string userId, UserSettings settings, ConfirmationMode confirmation, DateTimeOffset now)
    {
        var user = new UserState { Settings = settings, Version = 1, CreatedAt = now, Phase = now, NextDue = now };
        return confirmation is ConfirmationMode.Required ? Unconfirmed(user, userId, now) : user;
    }

    /// <summary>A user of another service, or of here before, as it stood there. An unconfirmed one is asked again.</summary>
    public static UserState Imported(string userId, UserSettings settings, UserStanding standing, DateTimeOffset now)
    {
        var user = new UserState
        {
            Settings = settings,
            Version = 1,
            CreatedAt = standing.CreatedAt ?? now,
            Phase = now,
            NextDue = now,
            Status = standing.Status,
            SnoozedUntil = standing.Status is UserStatus.Snoozed ? standing.SnoozedUntil : null,
            SuppressedAt = standing.Status is UserStatus.Suppressed ? now : null,
        };
        return standing.Status is UserStatus.Unconfirmed ? Unconfirmed(user, userId, now) : user;
    }

    public static UserState Confirmed(UserState user, string userId, DateTimeOffset now) => user.Status switch
    {
        UserStatus.Unconfirmed => Notices.Without(user, NotificationKind.Confirmation) with
        {
            Status = UserStatus.Active,
            UnconfirmedSince = null,
            NextDue = now,
        },
        // The link came by mail, so another mail is worth an attempt. If the server accepts it, the user is served again.
        UserStatus.Suppressed => OwnerReminded(user, userId, now),
        _ => user,
    };

    /// <summary>
    /// Serves the user again if the address was suppressed within a span of time, whatever the cause. Null when it was not.
    /// </summary>
    /// <remarks>Null for <paramref name="from"/> or <paramref name="to"/> leaves that side open.</remarks>
    public static UserState? SuppressionLifted(UserState user, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now) =>
        user.Status is UserStatus.Suppressed && !((user.SuppressedAt ?? DateTimeOffset.MinValue) < from) && !(user.SuppressedAt > to)
            ? Resumed(user, now)
            : null;

    /// <summary>
    /// New settings. New or changed searches are checked at once. Settings with another address are those of a confirmed move: the old
    /// address gets a mail about it.
    /// </summary>
    /// <param name="request">The address to move to after confirmation; null keeps an earlier request.</param>
    public static UserState Replaced(UserState user, string userId, UserSettings settings, AddressRequest? request, DateTimeOffset now,
        TimeSpan reminderPeriod)
    {
        var queries = SearchQuery.KeysOf(user.Settings).ToHashSet(StringComparer.Ordinal);
        var hasNewSearch = SearchQuery.KeysOf(settings).Any(query => !queries.Contains(query));
        var kept = ChannelDelivery.WithoutNews(user.With(settings),
            section => !settings.Searches.Any(search => search.Id == section.SearchId && !search.Paused));
        var next = kept with { NextDue = hasNewSearch ? now : Rescheduled(user, settings, now, reminderPeriod) };
        if (EmailAddressKey.Of(settings.Email) != EmailAddressKey.Of(user.Settings.Email))
            return AddressMove.Made(next, userId, user.Settings.Email, now);
        return request switch
        {
            null => next,
            { Email: { } email } => AddressMove.Requested(next, userId, email, request.MayMail, now),
            _ => AddressMove.WithoutRequest(next),
        };
    }

    public static UserState Paused(UserState user) => user.Status is UserStatus.Unconfirmed or UserStatus.Paused ? user : user with
    {
        Status = UserStatus.Paused,
        SnoozedUntil = null,
    };

    public static UserState Snoozed(UserState user, DateTimeOffset until) => user.Status is UserStatus.Unconfirmed ? user : user with
    {
        Status = UserStatus.Snoozed,
        SnoozedUntil = until,
    };

    /// <summary>Serves the user again, from the next check on.</summary>
    public static UserState Resumed(UserState user, DateTimeOffset now) =>
        user.Status is UserStatus.Unconfirmed or UserStatus.Active ? user : user with
    {
        Status = UserStatus.Active,
        SnoozedUntil = null,
        DeadAddressRefusals = 0,
        SuppressedAt = null,
        NextDue = now,
    };

    /// <summary>
    /// Ends the alerts of one search or of all. A waiting mail is dropped too; its news is news again if the user takes the unsubscription
    /// back.
    /// </summary>
    public static UserState Unsubscribed(UserState user, string? searchId)
    {
        if (searchId is null)
            return ChannelDelivery.WithoutNews(Paused(WithoutNotified(user, _ => true)), _ => true) with
            {
                Outbox = null, Insight = null, Waiting = [], WaitingSince = null,
            };
        if (searchId == LinkToken.Insights)
            return WithInsights(user, wanted: false);
        if (!user.Settings.Searches.Any(search => search.Id == searchId && !search.Paused))
            return user;
        var waiting = user.Waiting.RemoveAll(section => section.SearchId == searchId);
        var others = ChannelDelivery.WithoutNews(WithoutNotified(user, section => section.SearchId == searchId),
            section => section.SearchId == searchId);
        return WithPaused(others, searchId, isPaused: true) with
        {
            Outbox = Without(user.Outbox, searchId),
            Insight = Without(user.Insight, searchId),
            Waiting = waiting,
            WaitingSince = user.Settings.Searches.Any(search => search.Id != searchId && !search.Paused) ? user.WaitingSince : null,
        };
    }

    /// <summary>Takes an unsubscription back; a check is due at once.</summary>
    public static UserState Resubscribed(UserState user, string? searchId, DateTimeOffset now)
    {
        if (searchId is null)
            return user.Status is UserStatus.Paused ? Resumed(user, now) : user;
        if (searchId == LinkToken.Insights)
            return WithInsights(user, wanted: true);
        return user.Settings.Searches.Any(search => search.Id == searchId && search.Paused)
            ? WithPaused(user, searchId, isPaused: false) with { NextDue = now }
            : user;
    }

    /// <summary>
    /// Erases a user. Only what one last mail needs is kept; that mail tells the owner of the address about the erasure. An address that
    /// never confirmed, or that is suppressed, gets no mail.
    /// </summary>
    public static UserState Erased(UserState user, string userId, DateTimeOffset now)
    {
        var erased = new UserState
        {
            Settings = new UserSettings
            {
                Email = user.Settings.Email,
                Language = user.Settings.Language,
                TimeZone = user.Settings.TimeZone,
                FrequencyMinutes = user.Settings.FrequencyMinutes,
                Searches = [],
            },
            Version = user.Version,
            CreatedAt = user.CreatedAt,
            Phase = user.Phase,
            NextDue = user.NextDue,
            LastNotification = user.LastNotification,
            Erasing = true,
        };
        return GetsGoodbye(user.Status) ? Notices.With(erased, userId, NotificationKind.Goodbye, now) : erased;
    }

    public static bool GetsGoodbye(UserStatus status) => status is not (UserStatus.Unconfirmed or UserStatus.Suppressed);

    /// <summary>The user after a page showed these listings: they count as notified. Returns the same user when none was news.</summary>
    public static UserState Shown(UserState user, string searchId, IReadOnlyCollection<ShownListing> listings, DateTimeOffset now)
    {
        var prices = listings.GroupBy(listing => listing.Number)
            .ToDictionary(same => same.Key, same => same.MinBy(listing => listing.SellerPrice.Value).SellerPrice);
        var changed = false;
        ImmutableArray<SearchMemory> searches = [.. user.Searches.Select(memory =>
        {
            if (memory.SearchId != searchId)
                return memory;
            var next = memory.Shown(prices, now);
            changed |= next != memory;
            return next;
        })];
        return changed ? user with { Searches = searches } : user;
    }

    /// <summary>
    /// Makes all earlier tokens void. Cancels a waiting move, because the person who asked for it may have used one of them.
    /// </summary>
    public static UserState TokensRotated(UserState user) =>
        AddressMove.WithoutRequest(user) with { TokenGeneration = user.TokenGeneration + 1 };

    /// <summary>Somebody enrolled the address again. The owner gets a mail about that, without the person's identity.</summary>
    public static UserState OwnerReminded(UserState user, string userId, DateTimeOffset now)
    {
        if (user.Status is UserStatus.Unconfirmed)
            return ConfirmationRepeated(user, userId, now);
        if (now - user.OwnerRemindedAt < RemindOwnerEvery)
            return user;
        return Notices.With(user with { OwnerRemindedAt = now }, userId, NotificationKind.ManageLink, now);
    }

    /// <summary>Somebody wants to sign in: the owner gets a link for that.</summary>
    public static UserState SignInAsked(UserState user, string userId, DateTimeOffset now) => user.Status is UserStatus.Unconfirmed
        ? ConfirmationRepeated(user, userId, now)
        : Notices.With(user, userId, NotificationKind.ManageLink, now,
            signIn: RandomNumberGenerator.GetHexString(SignInDigits, lowercase: true));

    public static bool NeedsRepeat(UserState user, DateTimeOffset now) =>
        user is { Status: UserStatus.Unconfirmed, ConfirmationRepeated: false } && now - user.UnconfirmedSince >= RepeatConfirmationAfter;

    /// <summary>Mails the confirmation a second and last time.</summary>
    public static UserState ConfirmationRepeated(UserState user, string userId, DateTimeOffset now) => user.ConfirmationRepeated
        ? user
        : Notices.With(user with { ConfirmationRepeated = true }, userId, NotificationKind.Confirmation, now);

    public static bool HasLapsed(UserState user, DateTimeOffset now) =>
        user.Status is UserStatus.Unconfirmed && now - user.UnconfirmedSince >= ConfirmWithin;

    /// <summary>The user as if the waiting mail did not have these sections: their news counts as not notified.</summary>
    static UserState WithoutNotified(UserState user, Func<NotificationSection, bool> isDropped)
    {
        var sections = user.Waiting.Concat(user.Outbox?.Notification.Sections ?? []).Where(isDropped).ToList();
        return sections.Count == 0 ? user : user with
        {
            Searches = [.. user.Searches.Select(memory => sections.Where(section => section.SearchId == memory.SearchId)
                .Aggregate(memory, (latest, section) => latest.WithoutNotified(section)))],
        };
    }

    static UserState WithInsights(UserState user, bool wanted) => user.Settings.Insights == wanted ? user : user with
    {
        Settings = user.Settings with { Insights = wanted },
        Version = user.Version + 1,
        Insight = null,
    };

    static UserState WithPaused(UserState user, string searchId, bool isPaused) => user.With(user.Settings with
    {
        Searches = [.. user.Settings.Searches.Select(search => search.Id == searchId ? search with { Paused = isPaused } : search)],
    });

    /// <summary>A waiting alert without one search; null when nothing remains. It keeps its id, since nothing is added to it.</summary>
    static OutboxEntry? Without(OutboxEntry? entry, string searchId)
    {
        var sections = entry?.Notification.Sections.RemoveAll(section => section.SearchId == searchId) ?? [];
        return entry is null || sections.IsEmpty ? null : entry with { Notification = entry.Notification with { Sections = sections } };
    }

    static UserState Unconfirmed(UserState user, string userId, DateTimeOffset now) => Notices.With(
        user with { Status = UserStatus.Unconfirmed, UnconfirmedSince = now, ConfirmationRepeated = false, SnoozedUntil = null },
        userId, NotificationKind.Confirmation, now);

    /// <summary>The next check by the new frequency, counted from the last check.</summary>
    static DateTimeOffset Rescheduled(UserState user, UserSettings settings, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var next = user.NextDue - Schedule.Interval(user.Settings, reminderPeriod) + Schedule.Interval(settings, reminderPeriod);
        return next > now ? next : now;
    }
}
