namespace Alerts.Users.Mails;

/// <summary>A mail to a user, sent or waiting.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.NotificationRecord")]
public record NotificationRecord
{
    /// <summary>Its name, the local part of the mail's Message-ID.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The kind of mail: <c>changes</c>, <c>firstResults</c>, <c>digest</c>, <c>confirmation</c> and so on.</summary>
    [Id(1)] public required string Kind { get; init; }

    /// <summary><c>sent</c> once the mail server accepted it, <c>waiting</c> before.</summary>
    [Id(2)] public required string State { get; init; }

    /// <summary>The subject; absent while it waits.</summary>
    [Id(3)] public string? Subject { get; init; }

    /// <summary>When the server accepted it; while it waits, when it was made.</summary>
    [Id(4)] public required DateTimeOffset At { get; init; }

    /// <summary>Attempts so far.</summary>
    [Id(5)] public required int Attempts { get; init; }

    /// <summary>The earliest moment of the next attempt; absent unless it waits for one.</summary>
    [Id(6)] public DateTimeOffset? NextAttemptAt { get; init; }
}
