namespace Alerts.Gateway.Users;

/// <summary>Until when a user is not to be disturbed.</summary>
public sealed record SnoozeRequest
{
    /// <summary>When checks and mails go on: in the future, within 366 days.</summary>
    public required DateTimeOffset Until { get; init; }
}
