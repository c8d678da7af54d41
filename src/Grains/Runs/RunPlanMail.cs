using System.Collections.Immutable;
using System.Globalization;
using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// Chooses the news that a mail names now. For news left out, memory stays unchanged, so a later check finds it again with its price of
/// that time. Only what a mail names counts as notified. Pure.
/// </summary>
static class RunPlanMail
{
    /// <summary>A waiting alert older than this is brought up to date.</summary>
    static readonly TimeSpan refreshAfter = TimeSpan.FromHours(3);

    /// <summary>Whether the outbox holds an alert that should be brought up to date.</summary>
    public static bool IsAging(OutboxEntry? outbox, DateTimeOffset now) =>
        outbox is { Notification: { IsAlert: true } alert }
            && (alert.Sections.Any(section => now - section.FetchedAt >= refreshAfter) || alert.HasEnded(now));

    /// <summary>
    /// Puts the news of a check into the outbox, where it replaces a waiting alert, or keeps it waiting. <paramref name="hasContent"/> says
    /// of each search whether it was compared; <paramref name="fit"/> cuts sections to what a mail can show.
    /// </summary>
    public static UserState Add(
        UserState user, IReadOnlyList<SearchNews> news, IReadOnlyList<bool> hasContent, DateTimeOffset now, TimeSpan reminderPeriod,
            string userId,
        Func<IReadOnlyList<NotificationSection>, IReadOnlyList<NotificationSection>> fit)
    {
        if (!hasContent.Contains(true) && !user.Searches.Any(memory => memory.TooLargeAt is not null))
            return user;
        var isBusy = user.Outbox is { Notification.IsAlert: false };
        var alert = isBusy ? null : user.Outbox;
        var (kept, stale) = KeptOf(alert, user, hasContent, now);
        user = user with { Searches = [.. user.Searches.Select(memory => stale.Where(IsOf(memory))
            .Aggregate(memory, (latest, section) => latest.WithoutNotified(section)))] };
        var isUrgent = news.Any(one => one.IsUrgent(now));
        var released = news.Where(one => one.IsOwed && !isBusy && ChannelRoutes.IsRead(user, one.SearchId)
            && (alert is not null || Schedule.IsReleased(
                user, now, one.Result.IsFirst, isUrgent, EndingAuction.IsAmong(one.Result.News, now)))).ToList();
        var (sections, left) = MailSections.Of(released, [.. kept, .. TooLargeOf(user, alert, isBusy, now)], fit);
        var named = InOrder(user, sections);
        var next = sections.Count > 0 ? Post(user, alert, named, now, reminderPeriod, userId) : isBusy ? user : user with { Outbox = null };
        next = ChannelNews.Add(next, alert?.Notification, named, news, now, userId);
        var waits = left > 0 || !stale.IsEmpty || news.Except(released).Any(one => one.IsOwed) || IsOwedWithoutContent(next, hasContent);
        // The next check lists everything again, so a list that cannot be sent now does not wait.
        return next with { WaitingSince = waits && user.Settings.Notify is not NotifyMode.EveryCheck ? user.WaitingSince ?? now : null };
    }

    /// <summary>
    /// Sections of the waiting alert for whose searches there is no newer answer: those still current, and those too old to be sent.
    /// </summary>
    static (IReadOnlyList<NotificationSection> Kept, ImmutableArray<NotificationSection> Stale) KeptOf(
        OutboxEntry? alert, UserState user, IReadOnlyList<bool> hasContent, DateTimeOffset now)
    {
        var unanswered = user.Settings.Searches.Where((search, i) => !hasContent[i]).Select(search => search.Id ?? "").ToHashSet();
        var sections = (alert?.Notification.Sections ?? []).Where(section => unanswered.Contains(section.SearchId))
            .ToLookup(section => Freshness.IsCurrent(section.FetchedAt, now));
        return ([.. sections[true]], [.. sections[false]]);
    }

    static bool IsOwedWithoutContent(UserState user, IReadOnlyList<bool> hasContent) => user.Settings.Searches
        .Select((search, i) => !search.Paused && !hasContent[i] && user.Searches[i] is var memory
            && (memory.OwesTooLarge || (memory.TooLargeAt is null && (user.WaitingSince is not null || memory.HasWaiting)))).Contains(true);

    /// <summary>Mailed once. Like first results it does not wait for a digest's hour.</summary>
    static IEnumerable<NotificationSection> TooLargeOf(UserState user, OutboxEntry? alert, bool isBusy, DateTimeOffset now) =>
        isBusy || user.Status is UserStatus.Suppressed || !(alert is not null || Schedule.IsReleased(user, now, isFirst: true))
            ? [] : user.Settings.Searches
            .Where((search, i) => user.Searches[i].OwesTooLarge)
            .Select(search => new NotificationSection
            {
                SearchId = search.Id
                    ?? "", Phrase = search.Phrase, Marketplace = search.Marketplace, FetchedAt = now, Total = 0, Items = [],
                    IsTooLarge = true,
            });

    static Func<NotificationSection, bool> IsOf(SearchMemory memory) => section => section.SearchId == memory.SearchId;

    static ImmutableArray<NotificationSection> InOrder(UserState user, IReadOnlyList<NotificationSection> sections) =>
        [.. user.Settings.Searches.Select(search => sections.FirstOrDefault(section => section.SearchId == (search.Id ?? "")))
            .OfType<NotificationSection>()];

    static UserState Post(UserState user, OutboxEntry? alert, ImmutableArray<NotificationSection> named, DateTimeOffset now,
        TimeSpan reminderPeriod, string userId)
    {
        var mailed = user.Channels is null
            ? named : named.RemoveAll(section => !section.IsTooLarge && !ChannelRoutes.GoesByMail(user, section.SearchId));
        if (mailed.IsEmpty)
            return Counted(Notified(user, named, now), now, reminderPeriod) with { Outbox = null };
        if (alert is not null && !IsAging(alert, now) && SaysTheSame(alert.Notification.Sections, mailed))
            return Notified(Notified(user, named.RemoveRange(mailed), now), alert.Notification.Sections,
                alert.Notification.CreatedAt) with { Outbox = alert };

        // The mail server may have accepted the earlier mail already, so changed content gets a new id.
        var number = user.LastNotification + 1;
        var notification = new Notification
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{userId}.{number}"),
            Kind = KindOf(user.Settings.Notify, mailed),
            CreatedAt = now,
            Sections = mailed,
        };
        var next = Notified(user, named, now) with { LastNotification = number };
        if (alert is not null)
            return next with { Outbox = alert with { Notification = notification } };
        return Counted(next, now, reminderPeriod) with { Outbox = new OutboxEntry { Notification = notification } };
    }

    static UserState Counted(UserState user, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var today = LocalHours.DayOf(user.Settings, now);
        return user with { MailDay = today, MailsOfDay = user.MailDay == today ? user.MailsOfDay + 1
            : 1, NextAlertAt = Schedule.PauseAfterAlert(user.Settings, now, reminderPeriod) };
    }

    static UserState Notified(UserState user, ImmutableArray<NotificationSection> sections, DateTimeOffset now) => user with
    {
        Searches = [.. user.Searches.Select(memory => sections.Where(IsOf(memory))
            .Aggregate(memory, (latest, section) => latest.Notified(section, now)))],
    };

    /// <summary>Whether both say the same about the same listings.</summary>
    public static bool SaysTheSame(ImmutableArray<NotificationSection> one, ImmutableArray<NotificationSection> other) =>
        one.Length == other.Length && one.Zip(other).All(pair => pair.First.SearchId == pair.Second.SearchId
            && pair.First.Omitted == pair.Second.Omitted
            && pair.First.Items.Select(InShort).SequenceEqual(pair.Second.Items.Select(InShort)));

    static (NewsKind, long, Money, Money?) InShort(NewsItem item) =>
        (item.Kind, item.Listing.ListingNumber, item.Listing.SellerPrice, item.PreviousPrice);

    public static NotificationKind KindOf(NotifyMode notify, ImmutableArray<NotificationSection> sections) => notify switch
    {
        _ when sections.All(section => section.IsFirst) => NotificationKind.FirstResults,
        NotifyMode.EveryCheck => NotificationKind.EveryCheck,
        NotifyMode.Digest => NotificationKind.Digest,
        _ => NotificationKind.Changes,
    };
}
