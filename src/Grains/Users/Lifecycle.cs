using System.Collections.Immutable;
using System.Security.Cryptography;
using Alerts.Configuration;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.Tokens;
using Alerts.Users.Addresses;

namespace Alerts.Users;

/// <summary>What becomes of a user by what people do: enrol, confirm, change, pause, snooze, resume. Pure.</summary>
public static class Lifecycle
{
    /// <summary>How long an address may stay unconfirmed; then its user is erased.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(7);

    /// <summary>When the confirmation is repeated, once, unless it was already.</summary>
    public static readonly TimeSpan RepeatConfirmationAfter = TimeSpan.FromDays(1);

    /// <summary>The least time between two manage links that strangers can cause.</summary>
    public static readonly TimeSpan RemindOwnerEvery = TimeSpan.FromDays(1);

    const int SignInDigits = 16;

    /// <summary>Leaves room for a billion rotations.</summary>
    public const int MaxFirstGeneration = 1 << 30;

    /// <summary>A new user: active, or waiting for its address to be confirmed.</summary>
    public static UserState Enrolled(string userId, UserSettings settings, ConfirmationMode confirmation, DateTimeOffset now)
    {
        var user = new UserState { Settings = settings, Version = 1, CreatedAt = now, Phase = now, NextDue = now };
        return confirmation is ConfirmationMode.Required ? Unconfirmed(user, userId, now) : user;
    }

    /// <summary>The address is confirmed: the first check is due.</summary>
    public static UserState Confirmed(UserState user, string userId, DateTimeOffset now) => user.Status switch
    {
        UserStatus.Unconfirmed => Notices.Without(user, NotificationKind.Confirmation) with
        {
            Status = UserStatus.Active,
            UnconfirmedSince = null,
            NextDue = now,
        },
        // The link came by mail, so the address is worth an attempt: served again when the server takes the mail.
        UserStatus.Suppressed => OwnerReminded(user, userId, now),
        _ => user,
    };

    /// <summary>Served again if the address was suppressed within a span of time, whatever was refused then. Null when it was not.</summary>
    /// <param name="user">The user.</param>
    /// <param name="from">Its start; null for ever.</param>
    /// <param name="to">Its end; null for none.</param>
    /// <param name="now">The time.</param>
    public static UserState? SuppressionLifted(UserState user, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now) =>
        user.Status is UserStatus.Suppressed && !((user.SuppressedAt ?? DateTimeOffset.MinValue) < from) && !(user.SuppressedAt > to)
            ? Resumed(user, now)
            : null;

    /// <summary>New settings. New or changed searches are checked at once. Settings with another address are those of a confirmed one: the old one is told.</summary>
    /// <param name="user">The user.</param>
    /// <param name="userId">Its id.</param>
    /// <param name="settings">The new settings.</param>
    /// <param name="request">The address to move to once it is confirmed; null: whatever was asked before stays.</param>
    /// <param name="now">The time.</param>
    /// <param name="reminderPeriod">The reminder's period.</param>
    public static UserState Replaced(UserState user, string userId, UserSettings settings, AddressRequest? request, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var queries = user.Settings.Searches.Select(SearchQuery.KeyOf).ToHashSet(StringComparer.Ordinal);
        var hasNewSearch = settings.Searches.Any(search => !queries.Contains(SearchQuery.KeyOf(search)));
        var kept = ChannelDelivery.WithoutNews(user.With(settings), section => !settings.Searches.Any(search => search.Id == section.SearchId && !search.Paused));
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

    /// <summary>No checks and no mails until resumed.</summary>
    public static UserState Paused(UserState user) => user.Status is UserStatus.Unconfirmed or UserStatus.Paused ? user : user with
    {
        Status = UserStatus.Paused,
        SnoozedUntil = null,
    };

    /// <summary>No checks and no mails until a moment.</summary>
    public static UserState Snoozed(UserState user, DateTimeOffset until) => user.Status is UserStatus.Unconfirmed ? user : user with
    {
        Status = UserStatus.Snoozed,
        SnoozedUntil = until,
    };

    /// <summary>Served again, from the next check on.</summary>
    public static UserState Resumed(UserState user, DateTimeOffset now) => user.Status is UserStatus.Unconfirmed or UserStatus.Active ? user : user with
    {
        Status = UserStatus.Active,
        SnoozedUntil = null,
        DeadAddressRefusals = 0,
        SuppressedAt = null,
        NextDue = now,
    };

    /// <summary>No more alerts, or none of one search: not even what waits to be sent, which is news again should the unsubscription be taken back.</summary>
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
        var others = ChannelDelivery.WithoutNews(WithoutNotified(user, section => section.SearchId == searchId), section => section.SearchId == searchId);
        return WithPaused(others, searchId, isPaused: true) with
        {
            Outbox = Without(user.Outbox, searchId),
            Insight = Without(user.Insight, searchId),
            Waiting = waiting,
            WaitingSince = user.Settings.Searches.Any(search => search.Id != searchId && !search.Paused) ? user.WaitingSince : null,
        };
    }

    /// <summary>An unsubscription taken back: checked at once.</summary>
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
    /// The end of a user: nothing is kept but what one last mail needs, which tells the owner of the address that it was done, whoever
    /// did it. An address that never confirmed, or that is dead, gets none.
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

    /// <summary>Whether the erasure of a user in this status is confirmed by a last mail.</summary>
    public static bool GetsGoodbye(UserStatus status) => status is not (UserStatus.Unconfirmed or UserStatus.Suppressed);

    /// <summary>A page showed these of a search: they are notified. The same user when nothing was news.</summary>
    public static UserState Shown(UserState user, string searchId, IReadOnlyCollection<ShownListing> listings, DateTimeOffset now)
    {
        var prices = listings.GroupBy(listing => listing.Number).ToDictionary(same => same.Key, same => same.MinBy(listing => listing.SellerPrice.Value).SellerPrice);
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

    /// <summary>All tokens of before are void, and with them a move that waits: whoever asked for it may have had one.</summary>
    public static UserState TokensRotated(UserState user) =>
        AddressMove.WithoutRequest(user) with { TokenGeneration = user.TokenGeneration + 1 };

    /// <summary>Somebody enrolled the address again: its owner hears of it, not who did.</summary>
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
        : Notices.With(user, userId, NotificationKind.ManageLink, now, signIn: RandomNumberGenerator.GetHexString(SignInDigits, lowercase: true));

    /// <summary>Whether the confirmation is to be repeated by now.</summary>
    public static bool NeedsRepeat(UserState user, DateTimeOffset now) =>
        user is { Status: UserStatus.Unconfirmed, ConfirmationRepeated: false } && now - user.UnconfirmedSince >= RepeatConfirmationAfter;

    /// <summary>The confirmation is mailed a second time; after that nothing more is.</summary>
    public static UserState ConfirmationRepeated(UserState user, string userId, DateTimeOffset now) => user.ConfirmationRepeated
        ? user
        : Notices.With(user with { ConfirmationRepeated = true }, userId, NotificationKind.Confirmation, now);

    /// <summary>Whether the address was not confirmed in time.</summary>
    public static bool HasLapsed(UserState user, DateTimeOffset now) =>
        user.Status is UserStatus.Unconfirmed && now - user.UnconfirmedSince >= ConfirmWithin;

    /// <summary>The user as if the mail that waits did not name what some sections of it name.</summary>
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

    /// <summary>A waiting alert without one search; null when nothing remains. It keeps its id, since nothing is in it that was not before.</summary>
    static OutboxEntry? Without(OutboxEntry? entry, string searchId)
    {
        var sections = entry?.Notification.Sections.RemoveAll(section => section.SearchId == searchId) ?? [];
        return entry is null || sections.IsEmpty ? null : entry with { Notification = entry.Notification with { Sections = sections } };
    }

    static UserState Unconfirmed(UserState user, string userId, DateTimeOffset now) => Notices.With(
        user with { Status = UserStatus.Unconfirmed, UnconfirmedSince = now, ConfirmationRepeated = false, SnoozedUntil = null },
        userId, NotificationKind.Confirmation, now);

    /// <summary>The next check by the new frequency, counted from the last one.</summary>
    static DateTimeOffset Rescheduled(UserState user, UserSettings settings, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var next = user.NextDue - Schedule.Interval(user.Settings, reminderPeriod) + Schedule.Interval(settings, reminderPeriod);
        return next > now ? next : now;
    }
}
