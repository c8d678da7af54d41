using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Mail.Log;

/// <summary>A mail that was not sent, for operators. Without the address.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.Email.DeliveryFailure")]
public sealed record DeliveryFailure
{
    /// <summary>When the attempt failed.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>The user.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>The mail's name: the local part of its Message-ID.</summary>
    [Id(2)] public required string NotificationId { get; init; }

    /// <summary>The kind of mail.</summary>
    [Id(3)] public required NotificationKind Kind { get; init; }

    /// <summary>The attempt, 1 for the first.</summary>
    [Id(4)] public required int Attempt { get; init; }

    /// <summary>True when no other attempt follows.</summary>
    [Id(5)] public required bool IsFinal { get; init; }

    /// <summary>The server's words, or the fault.</summary>
    [Id(6)] public required string Reason { get; init; }

    /// <summary>When the mail was made.</summary>
    [Id(7)] public DateTimeOffset MadeAt { get; init; }

    /// <summary>
    /// Whether the mail still waits for the mail server. False when it was sent, withdrawn or given up, when its user paused, or after two
    /// hours without an attempt.
    /// </summary>
    [Id(8)] public bool IsWaiting { get; init; }
}
