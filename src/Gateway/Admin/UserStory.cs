using Alerts.Gateway.Users;
using Alerts.Mail.Log;
using Alerts.Users;
using Alerts.Users.Audit;
using Alerts.Users.Channels;
using Alerts.Users.Mails;

namespace Alerts.Gateway.Admin;

/// <summary>Everything that an operator may want to know about a user.</summary>
/// <param name="User">The settings and the state of the service for them.</param>
/// <param name="Checks">The last checks, newest first; they show why a mail came, or none.</param>
/// <param name="Mails">The last 50 mails, newest first; waiting ones come first.</param>
/// <param name="Failures">Failed attempts to mail this user, as far as the silos remember; absent when not every silo answered.</param>
/// <param name="Channels">The channels beside mail, without their addresses and secrets.</param>
/// <param name="Audit">The last actions on the account, newest first, at most 50.</param>
public sealed record UserStory(
    UserDocument User, UserChecks Checks, IReadOnlyList<NotificationRecord> Mails, IReadOnlyList<DeliveryFailure>? Failures,
    IReadOnlyList<ChannelView> Channels, IReadOnlyList<AuditRecord> Audit);
