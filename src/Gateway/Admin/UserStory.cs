using Alerts.Gateway.Users;
using Alerts.Mail.Log;
using Alerts.Users;
using Alerts.Users.Audit;
using Alerts.Users.Channels;
using Alerts.Users.Mails;

namespace Alerts.Gateway.Admin;

/// <summary>All that an operator may want to know of a user.</summary>
/// <param name="User">The settings and how the service stands.</param>
/// <param name="Checks">Why mail came, or none: the last checks, newest first.</param>
/// <param name="Mails">The last 50 mails, newest first; those that wait come first.</param>
/// <param name="Failures">Attempts to mail this user that failed, of those the silos remember; absent when not every silo answered.</param>
/// <param name="Channels">The channels beside mail, without their addresses and secrets.</param>
/// <param name="Audit">What was done to the account lately, newest first, at most 50.</param>
public sealed record UserStory(
    UserDocument User, UserChecks Checks, IReadOnlyList<NotificationRecord> Mails, IReadOnlyList<DeliveryFailure>? Failures,
    IReadOnlyList<ChannelView> Channels, IReadOnlyList<AuditRecord> Audit);
