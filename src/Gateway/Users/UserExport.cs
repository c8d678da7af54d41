using Alerts.Search;
using Alerts.Users;
using Alerts.Users.Channels;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;

namespace Alerts.Gateway.Users;

/// <summary>Everything kept of a user that means something to a person.</summary>
/// <param name="User">The settings and how the service stands.</param>
/// <param name="Searches">What each search found last, 100 listings at most.</param>
/// <param name="Mails">The mails that are known, newest first.</param>
/// <param name="Sessions">The browsers signed in, newest first.</param>
/// <param name="Channels">The channels beside mail, without their addresses and secrets.</param>
/// <param name="Checks">What became of the last checks, newest first.</param>
public sealed record UserExport(
    UserDocument User, IReadOnlyList<SearchResults> Searches, IReadOnlyList<NotificationRecord> Mails, IReadOnlyList<SessionView> Sessions,
    IReadOnlyList<ChannelView> Channels, UserChecks? Checks);
