using System.Collections.Immutable;
using Alerts.State;
using Alerts.Users;
using Alerts.Users.Channels;

namespace Alerts.Runs;

/// <summary>Decides where a search's news goes: by mail, and to which channels. Pure.</summary>
static class ChannelRoutes
{
    /// <summary>Whether the user has a channel besides mail that can be used.</summary>
    public static bool HasActive(UserState user) => user.Channels?.Any(channel => channel.IsActive) is true;

    /// <summary>Whether the search's news goes anywhere. A suppressed address gets nothing.</summary>
    public static bool IsRead(UserState user, string searchId) =>
        user.Status is not UserStatus.Suppressed || user.Channels?.Any(channel => GoesTo(channel, user, searchId)) is true;

    /// <summary>Whether the search's news goes by mail: when mail is chosen, or when no chosen channel can be used.</summary>
    public static bool GoesByMail(UserState user, string searchId) => user.Status is not UserStatus.Suppressed && (
        ChosenOf(user, searchId) is not { } chosen || chosen.Contains(ChannelId.Mail)
        || user.Channels?.Any(channel => channel.IsActive && chosen.Contains(channel.Id)) is not true);

    /// <summary>Whether the search's news goes to this channel.</summary>
    public static bool GoesTo(ChannelRecord channel, UserState user, string searchId) =>
        channel.IsActive && (ChosenOf(user, searchId) is not { } chosen || chosen.Contains(channel.Id));

    /// <summary>The channels chosen for a search; null means all.</summary>
    static ImmutableArray<string>? ChosenOf(UserState user, string searchId) =>
        user.Settings.Searches.FirstOrDefault(search => search.Id == searchId)
            is { Channels: { IsDefaultOrEmpty: false } chosen } ? chosen : null;
}
