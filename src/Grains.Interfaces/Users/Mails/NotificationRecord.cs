namespace Alerts.Users.Mails;

/// <summary>A mail to a user: sent, or waiting to be.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.NotificationRecord")]
public sealed record NotificationRecord
{
    /// <summary>Its name, the local part of the mail's Message-ID.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Why it was made: <c>Changes</c>, <c>FirstResults</c>, <c>Digest</c>, <c>Confirmation</c> and so on.</summary>
    [Id(1)] public required string Kind { get; init; }

    /// <summary><c>sent</c> once the mail server took it, <c>waiting</c> before.</summary>
    [Id(2)] public required string State { get; init; }

    /// <summary>The subject; absent while it waits.</summary>
    [Id(3)] public string? Subject { get; init; }

    /// <summary>When the server took it, or when it was made while it waits.</summary>
    [Id(4)] public required DateTimeOffset At { get; init; }

    /// <summary>Attempts so far.</summary>
    [Id(5)] public required int Attempts { get; init; }

    /// <summary>When it is tried again at the earliest; absent unless it waits for that.</summary>
    [Id(6)] public DateTimeOffset? NextAttemptAt { get; init; }
}
