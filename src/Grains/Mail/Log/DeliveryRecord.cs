using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Mail.Log;

/// <summary>A mail that the SMTP server accepted.</summary>
/// <param name="NotificationId">The notification's id, the local part of the Message-ID.</param>
/// <param name="UserId">The user.</param>
/// <param name="Kind">The kind of mail.</param>
/// <param name="AcceptedAt">When the server accepted it.</param>
/// <param name="Attempts">The number of attempts, 1 for a mail accepted at once.</param>
public sealed record DeliveryRecord(
    string NotificationId, string UserId, NotificationKind Kind, string Subject, DateTimeOffset AcceptedAt, int Attempts);
