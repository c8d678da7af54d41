using Alerts.Search;
using Alerts.Users;
using Alerts.Users.Channels;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;

namespace Alerts.Gateway.Users;

/// <summary>Everything stored about a user that has a meaning for people.</summary>
/// <param name="User">The settings and the state of the service for them.</param>
/// <param name="Searches">The last results of each search, at most 100 listings.</param>
/// <param name="Mails">The mails in the delivery log and the waiting ones, newest first.</param>
/// <param name="Sessions">The browsers signed in, newest first.</param>
/// <param name="Channels">The channels beside mail, without their addresses and secrets.</param>
/// <param name="Checks">The results of the last checks, newest first.</param>
public sealed record UserExport(
    UserDocument User, IReadOnlyList<SearchResults> Searches, IReadOnlyList<NotificationRecord> Mails, IReadOnlyList<SessionView> Sessions,
    IReadOnlyList<ChannelView> Channels, UserChecks? Checks);
