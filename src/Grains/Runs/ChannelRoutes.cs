using System.Collections.Immutable;
using Alerts.State;
using Alerts.Users;
using Alerts.Users.Channels;

namespace Alerts.Runs;

/// <summary>Which channels a search's news goes to. Pure.</summary>
static class ChannelRoutes
{
    /// <summary>Whether the user has a channel besides mail that can be used.</summary>
    public static bool HasActive(UserState user) => user.Channels?.Any(channel => channel.IsActive) is true;

    /// <summary>Whether it goes anywhere: a dead address gets nothing.</summary>
    public static bool IsRead(UserState user, string searchId) =>
        user.Status is not UserStatus.Suppressed || user.Channels?.Any(channel => GoesTo(channel, user, searchId)) is true;

    /// <summary>Whether it goes by mail: as it is chosen, and while none of those that were chosen can be used.</summary>
    public static bool GoesByMail(UserState user, string searchId) => user.Status is not UserStatus.Suppressed && (
        ChosenOf(user, searchId) is not { } chosen || chosen.Contains(ChannelId.Mail)
        || user.Channels?.Any(channel => channel.IsActive && chosen.Contains(channel.Id)) is not true);

    /// <summary>Whether it goes to a channel.</summary>
    public static bool GoesTo(ChannelRecord channel, UserState user, string searchId) =>
        channel.IsActive && (ChosenOf(user, searchId) is not { } chosen || chosen.Contains(channel.Id));

    /// <summary>The channels that were chosen for a search; null: all.</summary>
    static ImmutableArray<string>? ChosenOf(UserState user, string searchId) =>
        user.Settings.Searches.FirstOrDefault(search => search.Id == searchId)
            is { Channels: { IsDefaultOrEmpty: false } chosen } ? chosen : null;
}
