using Alerts.State;

namespace Alerts.Mail.Log;

/// <summary>A mail that the SMTP server took.</summary>
/// <param name="NotificationId">The notification's id, the local part of the Message-ID.</param>
/// <param name="UserId">Whose it was.</param>
/// <param name="Kind">What it was for.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="AcceptedAt">When the server took it.</param>
/// <param name="Attempts">How many attempts it took, 1 for the first.</param>
public sealed record DeliveryRecord(
    string NotificationId, string UserId, NotificationKind Kind, string Subject, DateTimeOffset AcceptedAt, int Attempts);
