using System.Collections.Immutable;

namespace Alerts.Users;

/// <summary>Why a user got a mail, or none.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.UserChecks")]
public sealed record UserChecks
{
    /// <summary>Whether the user is served; only an active user is checked and mailed.</summary>
    [Id(0)] public required UserStatus Status { get; init; }

    /// <summary>Since when the address is suppressed; absent when it is not, or when that is unknown.</summary>
    [Id(1)] public DateTimeOffset? SuppressedAt { get; init; }

    /// <summary>The last checks, newest first. After a crash, those after the last stored change may be missing.</summary>
    [Id(2)] public required ImmutableArray<CheckSpan> Items { get; init; }
}
