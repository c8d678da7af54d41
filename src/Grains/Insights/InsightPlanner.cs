using System.Collections.Immutable;
using System.Globalization;
using Alerts.News.Compare;
using Alerts.Runs;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Insights;

/// <summary>When a user gets an insight mail, and which price drops it names. Pure.</summary>
public static class InsightPlanner
{
    /// <summary>Listings of one search in a mail; the rest is only counted.</summary>
    public const int MaxListings = 10;

    /// <summary>
    /// Whether an insight mail is due: the user is served, wants insights, and the chosen hour has come since the last one. Several missed
    /// mails become one.
    /// </summary>
    public static bool IsDue(UserState user, DateTimeOffset now) =>
        user is { Status: UserStatus.Active, Settings.Insights: true }
        && now >= NextDue(user.Settings, user.InsightAt ?? user.CreatedAt)
        && !LocalHours.IsQuiet(user.Settings, now);

    /// <summary>The chosen hour after a moment, on the next day or the next Monday.</summary>
    public static DateTimeOffset NextDue(UserSettings settings, DateTimeOffset after)
    {
        var next = LocalHours.Next(settings, settings.InsightHour, after);
        while (settings.InsightPeriod is InsightPeriod.Weekly && LocalHours.DayOf(settings, next).DayOfWeek is not DayOfWeek.Monday)
            next = LocalHours.Next(settings, settings.InsightHour, next);
        return next;
    }

    /// <summary>Puts an insight mail into the outbox. If there is nothing to report, only the time is noted.</summary>
    /// <remarks>The insights stand in the order of the user's searches.</remarks>
    public static UserState Plan(UserState user, IReadOnlyList<QueryInsight> insights, DateTimeOffset now, string userId)
    {
        var named = new HashSet<long>();
        var sections = user.Settings.Searches
            .Zip(insights)
            .Where(pair => !pair.First.Paused)
            .Select(pair => SectionOf(pair.First, pair.Second, named))
            .Where(section => !section.Items.IsEmpty)
            .ToImmutableArray();
        if (sections.IsEmpty)
            return user with { InsightAt = now, Insight = null };
        var number = user.LastNotification + 1;
        return user with
        {
            InsightAt = now,
            LastNotification = number,
            Insight = new()
            {
                Notification = new()
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{userId}.{number}"),
                    Kind = NotificationKind.Insight,
                    CreatedAt = now,
                    Sections = sections,
                },
            },
        };
    }

    /// <summary>A listing that several searches found is named with the first of them.</summary>
    static NotificationSection SectionOf(SearchSettings search, QueryInsight insight, HashSet<long> named)
    {
        var listings = insight.Listings.Where(listing => new ListingFilter(search, listing.SeenAt).Lets(listing.Listing)
            && named.Add(listing.Listing.ListingNumber)).ToList();
        return new()
        {
            SearchId = search.Id ?? "",
            Phrase = search.Phrase,
            Marketplace = search.Marketplace,
            FetchedAt = listings.Count > 0 ? listings.Min(listing => listing.SeenAt) : default,
            Total = listings.Count,
            Omitted = Math.Max(0, listings.Count - MaxListings),
            Items = [.. listings.Take(MaxListings).Select(listing => new NewsItem
            {
                Kind = NewsKind.PriceDrop,
                Listing = listing.Listing,
                PreviousPrice = listing.Before,
                Trend = listing.Trend,
            })],
        };
    }
}
