using Alerts.Email;
using Alerts.Mail.Log;

namespace Alerts.Gateway.Mails;

/// <summary>The last mails that were not sent, newest first.</summary>
/// <param name="Items">The failures, at most <see cref="DeliveryFailures.Limit"/>.</param>
public sealed record MailFailures(IReadOnlyList<DeliveryFailure> Items);
