using Alerts.State;

namespace Alerts.Mail.Log;

/// <summary>A mail that did not leave, for operators: no address in it.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.Email.DeliveryFailure")]
public sealed record DeliveryFailure
{
    /// <summary>When.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>Whose mail.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>Which mail: the local part of its Message-ID.</summary>
    [Id(2)] public required string NotificationId { get; init; }

    /// <summary>What it was for.</summary>
    [Id(3)] public required NotificationKind Kind { get; init; }

    /// <summary>The attempt, 1 for the first.</summary>
    [Id(4)] public required int Attempt { get; init; }

    /// <summary>True when it is not tried again.</summary>
    [Id(5)] public required bool IsFinal { get; init; }

    /// <summary>The server's words, or the fault.</summary>
    [Id(6)] public required string Reason { get; init; }

    /// <summary>When the mail was made.</summary>
    [Id(7)] public DateTimeOffset MadeAt { get; init; }

    /// <summary>Whether the mail waits for the mail server; false once it left, was withdrawn or given up, its user paused, or it was not tried again for two hours.</summary>
    [Id(8)] public bool IsWaiting { get; init; }
}
