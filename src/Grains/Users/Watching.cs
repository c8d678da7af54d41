using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Subscriptions;
using Alerts.State;

namespace Alerts.Users;

/// <summary>What other services are told of a user, and when. Pure.</summary>
public static class Watching
{
    /// <summary>Whether what is to be told differs from what was, or was told too long ago.</summary>
    public static bool IsToldAnew(WatchedQueries? told, UserState? user, DateTimeOffset now) => (told, user) switch
    {
        (null, null) => false,
        (null, _) or (_, null) => true,
        var (last, current) => last.Version != current.Version || last.Active != IsActive(current) || now - last.At >= SettingsStream.TellAgain,
    };

    /// <summary>The user as others are told; without queries when there is none any more.</summary>
    public static WatchedQueries Of(UserState? user, WatchedQueries? told, string userId, DateTimeOffset now) => new()
    {
        UserId = userId,
        At = now,
        Version = user?.Version ?? told?.Version ?? 0,
        Queries = user is null ? [] : [.. user.Settings.Searches.Where(search => !search.Paused).Select(SearchQuery.KeyOf).Distinct(StringComparer.Ordinal)],
        FrequencyMinutes = user?.Settings.FrequencyMinutes ?? 0,
        Active = user is not null && IsActive(user),
    };

    /// <summary>
    /// What an activation takes to have been told before it: the user as it is, at a moment so long ago that the users of a silo that
    /// starts tell again spread over the whole time, not all at once.
    /// </summary>
    public static WatchedQueries ToldBefore(UserState user, string userId, DateTimeOffset now)
    {
        var part = (uint)userId.GetHashCode(StringComparison.Ordinal) / (double)uint.MaxValue;
        return Of(user, null, userId, now - SettingsStream.TellAgain * part) with { Queries = [] };
    }

    static bool IsActive(UserState user) => user.Status is UserStatus.Active;
}
