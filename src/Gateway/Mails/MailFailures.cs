using Alerts.Email;
using Alerts.Mail.Log;

namespace Alerts.Gateway.Mails;

/// <summary>The last mails that did not leave, newest first.</summary>
/// <param name="Items">At most <see cref="DeliveryFailures.Limit"/>.</param>
public sealed record MailFailures(IReadOnlyList<DeliveryFailure> Items);
