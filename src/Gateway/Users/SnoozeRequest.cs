namespace Alerts.Gateway.Users;

/// <summary>Pauses a user until a moment.</summary>
public sealed record SnoozeRequest
{
    /// <summary>When checks and mails continue: in the future, within 366 days.</summary>
    public required DateTimeOffset Until { get; init; }
}
