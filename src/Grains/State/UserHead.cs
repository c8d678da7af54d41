using System.Text.Json.Serialization;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.State;

/// <summary>
/// The part of a user's row that others see. It can be read alone to list many users, without the memory of their searches.
/// </summary>
public record UserHead
{
    /// <summary>The user's settings.</summary>
    public required UserSettings Settings { get; init; }

    /// <summary>Version of the settings, starting at 1.</summary>
    public required int Version { get; init; }

    /// <summary>When the user was enrolled.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next check is due. This decides; a reminder's tick is only a hint.</summary>
    public required DateTimeOffset NextDue { get; init; }

    /// <summary>Whether the user is served.</summary>
    public UserStatus Status { get; init; }

    /// <summary>When a snooze ends; null unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The address to which mails will go after its confirmation; null when no move waits.</summary>
    public string? PendingEmail { get; init; }

    /// <summary>When the owner of <see cref="PendingEmail"/> agreed to the move; null until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MoveConfirmedAt { get; init; }

    /// <summary>When the present address's mail server accepted the question about the move; null until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MoveAskedAt { get; init; }

    /// <summary>When the present address agreed to the move, or could not be asked; null until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MoveAllowedAt { get; init; }

    /// <summary>The address before a move that may still be taken back; after several moves, the first. Null when there is none.</summary>
    public string? FormerEmail { get; init; }

    /// <summary>
    /// True from the decision to erase the user until everything is deleted. Meanwhile <see cref="UserState.Notices"/> has the last mail
    /// until it is sent.
    /// </summary>
    public bool Erasing { get; init; }

    /// <summary>Generation of the user's link tokens. It starts at random; adding one revokes all tokens issued before.</summary>
    public int TokenGeneration { get; init; }

    public UserView ToView(string userId) => new()
    {
        Id = userId,
        Settings = Settings,
        Version = Version,
        Status = Status,
        NextRun = Status switch { UserStatus.Active => NextDue, UserStatus.Snoozed => SnoozedUntil, _ => null },
        CreatedAt = CreatedAt,
        SnoozedUntil = SnoozedUntil,
        TokenGeneration = TokenGeneration,
        PendingEmail = PendingEmail,
        MoveIsConfirmed = MoveConfirmedAt is not null,
        MoveIsAllowed = MoveAllowedAt is not null,
        FormerEmail = FormerEmail,
    };
}
