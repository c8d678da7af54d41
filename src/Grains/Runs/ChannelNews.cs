using System.Collections.Immutable;
using System.Globalization;
using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Runs;

/// <summary>
/// Puts the news of a check into the outbox of each channel. A channel that accepts nothing has older news in its outbox. That news is
/// brought up to date: listings that are gone and prices that changed are removed, and each listing stands there once. Pure.
/// </summary>
static class ChannelNews
{
    /// <summary>Whether news that waits for a channel must be compared with a complete answer, even an unchanged one.</summary>
    public static bool IsAging(UserState user, DateTimeOffset now) =>
        user.Channels?.Any(channel => channel.IsActive && RunPlanMail.IsAging(channel.Outbox, now)) is true;

    /// <summary>Adds the news to the outboxes of the user's channels.</summary>
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

    /// <summary>The part of a section that the channels were not given yet; null when they were given all of it.</summary>
    static NotificationSection? Fresh(NotificationSection section, ImmutableArray<NotificationSection> given)
    {
        var before = given.FirstOrDefault(one => one.SearchId == section.SearchId);
        var known = given.SelectMany(one => one.Items).GroupBy(item => item.Listing.ListingNumber)
            .ToDictionary(items => items.Key, items => items.First());
        ImmutableArray<NewsItem> items = [.. section.Items.Select(item => Fresh(item, known.GetValueOrDefault(item.Listing.ListingNumber)))
            .OfType<NewsItem>()];
        return !items.IsEmpty || (before is null && (section.IsFirst || section.Omitted > 0)) ? section with { Items = items } : null;
    }

    /// <summary>A listing that the channels were given before is news again when it costs less now.</summary>
    static NewsItem? Fresh(NewsItem item, NewsItem? given)
    {
        if (given is null || given.Listing.SellerPrice.Currency != item.Listing.SellerPrice.Currency)
            return item;
        var (price, before) = (item.Listing.SellerPrice, given.Listing.SellerPrice);
        if (price.Value >= before.Value)
            return item.Kind is NewsKind.PriceRise && price.Value > before.Value ? item : null;
        return item with { Kind = NewsKind.PriceDrop, PreviousPrice = before };
    }

    /// <summary>A waiting section as it is now; null when nothing in it is still true, or its search is gone.</summary>
    static NotificationSection? Current(NotificationSection section, UserState user, IReadOnlyList<SearchNews> news)
    {
        if (!user.Settings.Searches.Any(search => search.Id == section.SearchId && !search.Paused))
            return null;
        if (news.FirstOrDefault(one => one.SearchId == section.SearchId) is not { } latest)
            return section;
        // A list of everything is made again at every check.
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

    /// <summary>The waiting news and the new, each listing once, newest first, at most as many as a section holds.</summary>
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
