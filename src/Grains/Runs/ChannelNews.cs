using System.Collections.Immutable;
using System.Globalization;
using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;

namespace Alerts.Runs;

/// <summary>
/// Puts the news of a check into the outbox of each channel. What waits there already, because the channel takes nothing, is brought up to
/// date: a listing that is gone, or a price that is no longer so, is taken out, and each listing is in it once. Pure.
/// </summary>
static class ChannelNews
{
    /// <summary>Whether what waits for a channel has to be compared with a whole new answer, even an unchanged one.</summary>
    public static bool IsAging(UserState user, DateTimeOffset now) =>
        user.Channels?.Any(channel => channel.IsActive && RunPlanMail.IsAging(channel.Outbox, now)) is true;

    /// <summary>The user with the news in the outboxes of the channels.</summary>
    /// <param name="user">The user after the mail was made.</param>
    /// <param name="alert">The mail that waited before this check: what it names, the channels were given when it was first made.</param>
    /// <param name="named">What is named now.</param>
    /// <param name="news">What each search found.</param>
    /// <param name="now">The present.</param>
    /// <param name="userId">The user's id.</param>
    public static UserState Add(
        UserState user, Notification? alert, IReadOnlyList<NotificationSection> named,
            IReadOnlyList<SearchNews> news, DateTimeOffset now, string userId)
    {
        if (user.Channels is not { } channels)
            return user;
        var given = alert?.Sections ?? [];
        var fresh = named.Where(section => !section.IsTooLarge)
            .Select(section => Fresh(section, given)).OfType<NotificationSection>().ToList();
        var number = user.LastNotification + 1;
        var kind = RunPlanMail.KindOf(user.Settings.Notify, [.. fresh]);
        ImmutableArray<ChannelRecord> next = [.. channels.Select(channel => channel.IsActive
            ? Posted(channel, [.. fresh.Where(section => ChannelRoutes.GoesTo(channel, user, section.SearchId))])
            : channel)];
        return next.SequenceEqual(channels) ? user : user with { Channels = next, LastNotification = number };

        ChannelRecord Posted(ChannelRecord channel, IReadOnlyList<NotificationSection> added)
        {
            var waiting = channel.Outbox?.Notification;
            var kept = (waiting?.Sections ?? []).Select(section => Current(section, user, news)).OfType<NotificationSection>().ToList();
            var sections = InOrder(user.Settings, kept, added);
            if (sections.IsEmpty)
                return channel.Outbox is null ? channel : channel with { Outbox = null };
            if (waiting is not null && RunPlanMail.SaysTheSame(waiting.Sections, sections) && !RunPlanMail.IsAging(channel.Outbox, now))
                return channel;
            var notification = new Notification
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{userId}.{number}.{channel.Id}"),
                Kind = added.Count > 0 ? kind : waiting!.Kind,
                CreatedAt = now,
                Sections = sections,
            };
            return channel with { Outbox = (channel.Outbox ?? new OutboxEntry { Notification = notification })
                with { Notification = notification } };
        }
    }

    /// <summary>What of a section the channels were not given yet; null when they were given all of it.</summary>
    static NotificationSection? Fresh(NotificationSection section, ImmutableArray<NotificationSection> given)
    {
        var before = given.FirstOrDefault(one => one.SearchId == section.SearchId);
        var known = given.SelectMany(one => one.Items).GroupBy(item => item.Listing.ListingNumber)
            .ToDictionary(items => items.Key, items => items.First());
        ImmutableArray<NewsItem> items = [.. section.Items.Select(item => Fresh(item, known.GetValueOrDefault(item.Listing.ListingNumber)))
            .OfType<NewsItem>()];
        return !items.IsEmpty || (before is null && (section.IsFirst || section.Omitted > 0)) ? section with { Items = items } : null;
    }

    /// <summary>A listing that was given and costs less by now is news as a price that fell.</summary>
    static NewsItem? Fresh(NewsItem item, NewsItem? given)
    {
        if (given is null || given.Listing.SellerPrice.Currency != item.Listing.SellerPrice.Currency)
            return item;
        var (price, before) = (item.Listing.SellerPrice, given.Listing.SellerPrice);
        if (price.Value >= before.Value)
            return item.Kind is NewsKind.PriceRise && price.Value > before.Value ? item : null;
        return item with { Kind = NewsKind.PriceDrop, PreviousPrice = before };
    }

    /// <summary>A section that waits, as it is now; null when nothing of it is so any more, or its search is gone.</summary>
    static NotificationSection? Current(NotificationSection section, UserState user, IReadOnlyList<SearchNews> news)
    {
        if (!user.Settings.Searches.Any(search => search.Id == section.SearchId && !search.Paused))
            return null;
        if (news.FirstOrDefault(one => one.SearchId == section.SearchId) is not { } latest)
            return section;
        // A list of everything is made anew at every check.
        if (user.Settings.Notify is NotifyMode.EveryCheck)
            return null;
        var listings = ListingFilter.Shown(latest.Search, latest.Snapshot).DistinctBy(listing => listing.ListingNumber)
            .ToDictionary(listing => listing.ListingNumber);
        ImmutableArray<NewsItem> items = [.. section.Items
            .Where(item => listings.ContainsKey(item.Listing.ListingNumber))
            .Select(item => item with { Listing = listings[item.Listing.ListingNumber] })
            .Where(item => IsSo(item, latest.Search))];
        return items.IsEmpty && !section.IsFirst
            ? null
            : section with { Items = items, FetchedAt = latest.Snapshot.FetchedAt, Total = latest.Snapshot.Total };
    }

    static bool IsSo(NewsItem item, SearchSettings search)
    {
        var price = item.Listing.SellerPrice;
        if (!TargetPrice.IsMet(search.Rules, item.Listing))
            return false;
        return item.PreviousPrice is not { } previous || previous.Currency != price.Currency || item.Kind switch
        {
            NewsKind.PriceDrop => price.Value < previous.Value,
            NewsKind.PriceRise => price.Value > previous.Value,
            _ => true,
        };
    }

    static ImmutableArray<NotificationSection> InOrder(
        UserSettings settings, List<NotificationSection> kept, IReadOnlyList<NotificationSection> added) =>
        [.. settings.Searches
            .Select(search => (Kept: kept.Find(section => section.SearchId == search.Id),
                Added: added.FirstOrDefault(section => section.SearchId == search.Id)))
            .Select(pair => pair is ({ } waited, { } more) ? Joined(waited, more) : pair.Kept ?? pair.Added)
            .OfType<NotificationSection>()];

    /// <summary>What waited and what is new, each listing once, the newest first, at most as many as a section holds.</summary>
    public static NotificationSection Joined(NotificationSection kept, NotificationSection added)
    {
        var waiting = kept.Items.Select(item => item.Listing.ListingNumber).ToHashSet();
        ImmutableArray<NewsItem> items = [.. added.Items.Where(item => !waiting.Contains(item.Listing.ListingNumber)), .. kept.Items];
        return added with
        {
            Items = items.Length > NotificationSection.MaxItems ? items[..NotificationSection.MaxItems] : items,
            Omitted = kept.Omitted + added.Omitted + Math.Max(0, items.Length - NotificationSection.MaxItems),
            IsFirst = kept.IsFirst || added.IsFirst,
        };
    }
}
