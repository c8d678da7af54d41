using Alerts.Settings;

namespace Alerts.Users;

/// <summary>A user as the API shows it: the settings and the state of the service for them.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.UserView")]
public sealed record UserView
{
    /// <summary>The user's id, <c>u-</c> and 32 hex digits.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The user's settings.</summary>
    [Id(1)] public required UserSettings Settings { get; init; }

    /// <summary>Version of the settings, starting at 1. The API's ETag.</summary>
    [Id(2)] public required int Version { get; init; }

    /// <summary>Whether the user is served.</summary>
    [Id(3)] public required UserStatus Status { get; init; }

    /// <summary>When the next check is due; null while nothing is due (paused, unconfirmed, suppressed).</summary>
    [Id(4)] public DateTimeOffset? NextRun { get; init; }

    /// <summary>When the user was enrolled.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a snooze ends; null unless snoozed.</summary>
    [Id(6)] public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Generation of the tokens in links: older tokens are void.</summary>
    [Id(7)] public int TokenGeneration { get; init; }

    /// <summary>The address to which mails will go after its confirmation; null when no move waits.</summary>
    [Id(9)] public string? PendingEmail { get; init; }

    /// <summary>The address to which a move of the last 72 hours can be taken back; null when there was none.</summary>
    [Id(10)] public string? FormerEmail { get; init; }

    /// <summary>Whether the owner of <see cref="PendingEmail"/> agreed to the move.</summary>
    [Id(11)] public bool MoveIsConfirmed { get; init; }

    /// <summary>Whether the present address agreed to the move, or need not agree.</summary>
    [Id(12)] public bool MoveIsAllowed { get; init; }
}
