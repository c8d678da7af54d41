namespace Alerts.Users;

/// <summary>How an imported user stood where it comes from.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.UserStanding")]
public sealed record UserStanding
{
    /// <summary>Whether the user is served. An unconfirmed one is asked again.</summary>
    [Id(0)] public UserStatus Status { get; init; }

    /// <summary>When the user was enrolled; null: now.</summary>
    [Id(1)] public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When a snooze ends; null unless snoozed.</summary>
    [Id(2)] public DateTimeOffset? SnoozedUntil { get; init; }
}
