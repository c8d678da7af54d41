using System.IO.Hashing;
using System.Text;
using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Subscriptions;
using Alerts.State;

namespace Alerts.Users;

/// <summary>What is published about a user to other services, and when. Pure.</summary>
public static class Watching
{
    /// <summary>Whether the user's queries differ from the published ones, or were published too long ago.</summary>
    public static bool NeedsPublishing(WatchedQueries? published, UserState? user, DateTimeOffset now) => (published, user) switch
    {
        (null, null) => false,
        (null, _) or (_, null) => true,
        var (last, current) =>
            last.Version != current.Version || last.Active != IsActive(current) || now - last.At >= SettingsStream.PublishAgain,
    };

    /// <summary>The user's queries as they are published; none when the user is gone.</summary>
    public static WatchedQueries Of(UserState? user, WatchedQueries? published, string userId, DateTimeOffset now) => new()
    {
        UserId = userId,
        At = now,
        Version = user?.Version ?? published?.Version ?? 0,
        Queries = user is null
            ? [] : [.. user.Settings.Searches.Where(search => !search.Paused)
                .Select(search => SearchQuery.KeyOf(search, user.Settings.Language)).Distinct(StringComparer.Ordinal)],
        FrequencyMinutes = user?.Settings.FrequencyMinutes ?? 0,
        Active = user is not null && IsActive(user),
    };

    /// <summary>
    /// A new activation assumes an earlier publication, at a moment that differs from user to user. So the users of a starting silo publish
    /// again spread over the whole time, not all at once.
    /// </summary>
    public static WatchedQueries PublishedBefore(UserState user, string userId, DateTimeOffset now)
    {
        var part = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(userId)) / (double)uint.MaxValue;
        return Of(user, null, userId, now - SettingsStream.PublishAgain * part) with { Queries = [] };
    }

    static bool IsActive(UserState user) => user.Status is UserStatus.Active;
}
