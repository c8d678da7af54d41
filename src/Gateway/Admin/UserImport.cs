using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Gateway.Admin;

/// <summary>A user as a list of users has it: the settings, and how the user stood. What only the service knows is ignored.</summary>
public sealed record UserImport : UserSettings
{
    /// <summary>Whether the user is served; default active. An unconfirmed one is asked again.</summary>
    public UserStatus Status { get; init; }

    /// <summary>When the user was enrolled; absent: now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When a snooze ends; needed with the status snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>What is beside the settings.</summary>
    public UserStanding ToStanding() => new()
    {
        Status = Status,
        CreatedAt = CreatedAt?.ToUniversalTime(),
        SnoozedUntil = SnoozedUntil?.ToUniversalTime(),
    };
}
