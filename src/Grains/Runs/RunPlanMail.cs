using System.Collections.Immutable;
using System.Globalization;
using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// Decides what of the news a mail names now. What it does not name is remembered as it was, so that it is found again, as it is then,
/// when a mail may go: nothing counts as notified that was not named. Pure.
/// </summary>
static class RunPlanMail
{
    /// <summary>An alert that waits to be sent is brought up to date when it is older than this.</summary>
    static readonly TimeSpan refreshAfter = TimeSpan.FromHours(3);

    /// <summary>Whether the outbox holds an alert that should be brought up to date.</summary>
    public static bool IsAging(OutboxEntry? outbox, DateTimeOffset now) =>
        outbox is { Notification: { IsAlert: true } alert } && (alert.Sections.Any(section => now - section.FetchedAt >= refreshAfter) || alert.HasEnded(now));

    /// <summary>The user with the news of a check in the outbox, in place of an alert that still waits there, or waiting.</summary>
    /// <param name="user">The user after the comparison.</param>
    /// <param name="news">What was found, in the user's order.</param>
    /// <param name="hasContent">Of each search, whether it was compared.</param>
    /// <param name="now">The present.</param>
    /// <param name="reminderPeriod">The time between two ticks.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="fit">Cuts sections to what a mail can show.</param>
    public static UserState Add(
        UserState user, IReadOnlyList<SearchNews> news, IReadOnlyList<bool> hasContent, DateTimeOffset now, TimeSpan reminderPeriod, string userId,
        Func<IReadOnlyList<NotificationSection>, IReadOnlyList<NotificationSection>> fit)
    {
        if (!hasContent.Contains(true) && !user.Searches.Any(memory => memory.TooLargeAt is not null))
            return user;
        var isBusy = user.Outbox is { Notification.IsAlert: false };
        var alert = isBusy ? null : user.Outbox;
        var (kept, stale) = KeptOf(alert, user, hasContent, now);
        user = user with { Searches = [.. user.Searches.Select(memory => stale.Where(IsOf(memory)).Aggregate(memory, (latest, section) => latest.WithoutNotified(section)))] };
        var isUrgent = news.Any(one => one.IsUrgent(now));
        var released = news.Where(one => one.IsOwed && !isBusy && ChannelRoutes.IsRead(user, one.SearchId)
            && (alert is not null || Schedule.IsReleased(
                user, now, one.Result.IsFirst, isUrgent, EndingAuction.IsAmong(one.Result.News, now)))).ToList();
        var (sections, left) = MailSections.Of(released, [.. kept, .. TooLargeOf(user, alert, isBusy, now)], fit);
        var named = InOrder(user, sections);
        var next = sections.Count > 0 ? Post(user, alert, named, now, reminderPeriod, userId) : isBusy ? user : user with { Outbox = null };
        next = ChannelNews.Add(next, alert?.Notification, named, news, now, userId);
        var waits = left > 0 || !stale.IsEmpty || news.Except(released).Any(one => one.IsOwed) || IsOwedWithoutContent(next, hasContent);
        // The next check lists everything again, so a list that cannot go now does not wait.
        return next with { WaitingSince = waits && user.Settings.Notify is not NotifyMode.EveryCheck ? user.WaitingSince ?? now : null };
    }

    /// <summary>Of the alert that waits, the sections that no newer answer brings up to date: those that are current, and those too old to be sent.</summary>
    static (IReadOnlyList<NotificationSection> Kept, ImmutableArray<NotificationSection> Stale) KeptOf(
        OutboxEntry? alert, UserState user, IReadOnlyList<bool> hasContent, DateTimeOffset now)
    {
        var unanswered = user.Settings.Searches.Where((search, i) => !hasContent[i]).Select(search => search.Id ?? "").ToHashSet();
        var sections = (alert?.Notification.Sections ?? []).Where(section => unanswered.Contains(section.SearchId)).ToLookup(section => Freshness.IsCurrent(section.FetchedAt, now));
        return ([.. sections[true]], [.. sections[false]]);
    }

    static bool IsOwedWithoutContent(UserState user, IReadOnlyList<bool> hasContent) => user.Settings.Searches
        .Select((search, i) => !search.Paused && !hasContent[i] && user.Searches[i] is var memory
            && (memory.OwesTooLarge || (memory.TooLargeAt is null && (user.WaitingSince is not null || memory.HasWaiting)))).Contains(true);

    /// <summary>Said once, by mail, and like first results without waiting for a digest's hour.</summary>
    static IEnumerable<NotificationSection> TooLargeOf(UserState user, OutboxEntry? alert, bool isBusy, DateTimeOffset now) =>
        isBusy || user.Status is UserStatus.Suppressed || !(alert is not null || Schedule.IsReleased(user, now, isFirst: true)) ? [] : user.Settings.Searches
            .Where((search, i) => user.Searches[i].OwesTooLarge)
            .Select(search => new NotificationSection
            {
                SearchId = search.Id ?? "", Phrase = search.Phrase, Marketplace = search.Marketplace, FetchedAt = now, Total = 0, Items = [], IsTooLarge = true,
            });

    static Func<NotificationSection, bool> IsOf(SearchMemory memory) => section => section.SearchId == memory.SearchId;

    static ImmutableArray<NotificationSection> InOrder(UserState user, IReadOnlyList<NotificationSection> sections) =>
        [.. user.Settings.Searches.Select(search => sections.FirstOrDefault(section => section.SearchId == (search.Id ?? ""))).OfType<NotificationSection>()];

    static UserState Post(UserState user, OutboxEntry? alert, ImmutableArray<NotificationSection> named, DateTimeOffset now, TimeSpan reminderPeriod, string userId)
    {
        var mailed = user.Channels is null ? named : named.RemoveAll(section => !section.IsTooLarge && !ChannelRoutes.GoesByMail(user, section.SearchId));
        if (mailed.IsEmpty)
            return Counted(Notified(user, named, now), now, reminderPeriod) with { Outbox = null };
        if (alert is not null && !IsAging(alert, now) && SaysTheSame(alert.Notification.Sections, mailed))
            return Notified(Notified(user, named.RemoveRange(mailed), now), alert.Notification.Sections, alert.Notification.CreatedAt) with { Outbox = alert };

        // The mail's content may not change under its id, since the mail server might have taken it already: this is another.
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
        return user with { MailDay = today, MailsOfDay = user.MailDay == today ? user.MailsOfDay + 1 : 1, NextAlertAt = Schedule.PauseAfterAlert(user.Settings, now, reminderPeriod) };
    }

    static UserState Notified(UserState user, ImmutableArray<NotificationSection> sections, DateTimeOffset now) => user with
    {
        Searches = [.. user.Searches.Select(memory => sections.Where(IsOf(memory)).Aggregate(memory, (latest, section) => latest.Notified(section, now)))],
    };

    /// <summary>Whether two say the same of the same listings.</summary>
    public static bool SaysTheSame(ImmutableArray<NotificationSection> one, ImmutableArray<NotificationSection> other) =>
        one.Length == other.Length && one.Zip(other).All(pair => pair.First.SearchId == pair.Second.SearchId
            && pair.First.Omitted == pair.Second.Omitted
            && pair.First.Items.Select(InShort).SequenceEqual(pair.Second.Items.Select(InShort)));

    static (NewsKind, long, Money, Money?) InShort(NewsItem item) => (item.Kind, item.Listing.ListingNumber, item.Listing.SellerPrice, item.PreviousPrice);

    /// <summary>What kind of alert it is.</summary>
    public static NotificationKind KindOf(NotifyMode notify, ImmutableArray<NotificationSection> sections) => notify switch
    {
        _ when sections.All(section => section.IsFirst) => NotificationKind.FirstResults,
        NotifyMode.EveryCheck => NotificationKind.EveryCheck,
        NotifyMode.Digest => NotificationKind.Digest,
        _ => NotificationKind.Changes,
    };
}
