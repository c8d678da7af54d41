using System.Text.Json.Serialization;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.State;

/// <summary>What of a user's row others see: read alone where many users are listed, without what their searches remember.</summary>
public record UserHead
{
    /// <summary>What the person chose.</summary>
    public required UserSettings Settings { get; init; }

    /// <summary>Version of the settings, 1 at first.</summary>
    public required int Version { get; init; }

    /// <summary>When the user was enrolled.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next check is due. The reminder is a wake-up hint: this decides.</summary>
    public required DateTimeOffset NextDue { get; init; }

    /// <summary>Whether the user is served.</summary>
    public UserStatus Status { get; init; }

    /// <summary>When a snooze ends; null unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The address that mails go to once it is confirmed; null when none waits.</summary>
    public string? PendingEmail { get; init; }

    /// <summary>When the owner of <see cref="PendingEmail"/> agreed to the move; null until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MoveConfirmedAt { get; init; }

    /// <summary>When the present address's mail server took the question about the move; null until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MoveAskedAt { get; init; }

    /// <summary>When the present address agreed to the move, or took no question about it; null until then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MoveAllowedAt { get; init; }

    /// <summary>The address before a move that may still be taken back, of several in a row the first; null when there is none.</summary>
    public string? FormerEmail { get; init; }

    /// <summary>True from the decision to erase the user until everything is gone; meanwhile <see cref="UserState.Notices"/> has the goodbye, as long as it is to be sent.</summary>
    public bool Erasing { get; init; }

    /// <summary>Generation of the user's link tokens; random at first, one more revokes all that were issued before.</summary>
    public int TokenGeneration { get; init; }

    /// <summary>The user as others see it.</summary>
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
