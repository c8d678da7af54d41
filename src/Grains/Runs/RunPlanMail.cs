using System.Globalization;
using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;

namespace Alerts.Runs;

/// <summary>Decides what of the news is mailed now, and what waits. Pure.</summary>
static class RunPlanMail
{
    /// <summary>An alert that waits to be sent is brought up to date when it is older than this.</summary>
    static readonly TimeSpan refreshAfter = TimeSpan.FromHours(3);

    /// <summary>Whether the outbox holds an alert that should be brought up to date.</summary>
    public static bool IsAging(OutboxEntry? outbox, DateTimeOffset now) =>
        outbox is { Notification: { IsAlert: true } alert } && alert.Sections.Any(section => now - section.FetchedAt >= refreshAfter);

    /// <summary>The user with the news of a check in the outbox, merged with an alert that still waits there, or kept back.</summary>
    /// <param name="user">The user after the comparison.</param>
    /// <param name="news">The news, a section a search.</param>
    /// <param name="relisted">Listings that continue others, those of the oldest answers first.</param>
    /// <param name="answers">One for each of the user's searches.</param>
    /// <param name="now">The present.</param>
    /// <param name="userId">The user's id.</param>
    public static UserState Add(
        UserState user, IReadOnlyList<NotificationSection> news, IReadOnlyList<Relisting> relisted, IReadOnlyList<SearchAnswer> answers, DateTimeOffset now, string userId)
    {
        var isBusy = user.Outbox is { Notification.IsAlert: false };
        var mayMail = !isBusy && Schedule.MayMail(user, now);
        // The next check lists everything again, so a list that cannot go now is not kept.
        if (user.Settings.Notify is NotifyMode.EveryCheck && !mayMail)
            news = [];
        var isStale = IsAging(user.Outbox, now) || NewsMerge.HoldsAny(user.Outbox?.Notification.Sections ?? [], relisted);
        if (news.Count == 0 && user.Waiting.IsEmpty && !isStale)
            return user;

        var since = user.WaitingSince ?? now;
        var merge = new NewsMerge();
        var refresh = new NewsRefresh(user, answers, merge);
        var pending = merge.Merge(merge.Continue(user.Waiting, relisted), merge.Continue(news, relisted));
        var ready = mayMail ? pending.Where(section => Schedule.IsTimeFor(user, section, now)).ToList() : [];
        var held = pending.Where(section => !ready.Contains(section)).ToList();
        List<NotificationSection>? mail = null;
        if (ready.Count > 0 || isStale)
        {
            mail = refresh.Refresh(merge.Merge(merge.Continue(user.Outbox?.Notification.Sections ?? [], relisted), ready));
            // What eBay did not confirm within six hours waits until it does.
            held = merge.Merge([.. mail.Where(section => !Freshness.IsCurrent(section.FetchedAt, now))], held);
            mail.RemoveAll(section => !Freshness.IsCurrent(section.FetchedAt, now));
        }

        var told = Told([.. mail ?? [], .. held], [.. user.Outbox?.Notification.Sections ?? [], .. user.Waiting, .. news]);
        var kept = NewsMerge.InOrder(held, user.Settings.Searches);
        var next = user with
        {
            Searches = [.. user.Searches.Select(memory => memory.WithUntold(merge.Untold, refresh.FetchedAt).WithTold(told, refresh.FetchedAt, now))],
            Waiting = kept.SequenceEqual(user.Waiting) ? user.Waiting : kept,
            WaitingSince = kept.IsEmpty ? null : since,
        };
        return mail is null ? next : Post(next, mail, now, userId);
    }

    /// <summary>The mail's content may not change under its id, since the mail server might have taken it already: this is another.</summary>
    static UserState Post(UserState user, List<NotificationSection> sections, DateTimeOffset now, string userId)
    {
        if (sections.Count == 0)
            return user with { Outbox = null };
        var number = user.LastNotification + 1;
        var notification = new Notification
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{userId}.{number}"),
            Kind = KindOf(user.Settings.Notify, sections),
            CreatedAt = now,
            Sections = NewsMerge.InOrder(sections, user.Settings.Searches),
        };
        if (user.Outbox is { } waiting)
            return user with { LastNotification = number, Outbox = waiting with { Notification = notification } };
        var today = LocalHours.DayOf(user.Settings, now);
        var made = user.MailDay == today ? user.MailsOfDay : 0;
        return user with { LastNotification = number, Outbox = new OutboxEntry { Notification = notification }, MailDay = today, MailsOfDay = made + 1 };
    }

    /// <summary>What each listing is told to cost, by every number it has or had, with what it was to be told to cost in the news this was made of.</summary>
    static Dictionary<long, (Money Price, List<Money> Before)> Told(IReadOnlyList<NotificationSection> sections, IReadOnlyList<NotificationSection> before)
    {
        var told = new Dictionary<long, (Money Price, List<Money> Before)>();
        foreach (var item in sections.SelectMany(section => section.Items))
        {
            var news = (item.Listing.SellerPrice, new List<Money>());
            foreach (var number in item.Numbers)
                told[number] = news;
        }

        foreach (var item in before.SelectMany(section => section.Items))
        {
            if (told.TryGetValue(item.Listing.ListingNumber, out var now))
                now.Before.Add(item.Listing.SellerPrice);
        }

        return told;
    }

    static NotificationKind KindOf(NotifyMode notify, List<NotificationSection> sections) => notify switch
    {
        NotifyMode.EveryCheck => NotificationKind.EveryCheck,
        _ when sections.All(section => section.HoldsFirstResults) => NotificationKind.FirstResults,
        NotifyMode.Digest => NotificationKind.Digest,
        _ => NotificationKind.Changes,
    };
}
