using System.Diagnostics.CodeAnalysis;

namespace Alerts.Gateway.Users;

/// <summary>A user as the API answers it: the settings document with what the service adds.</summary>
public sealed record UserDocument : UserSettings
{
    /// <summary>The document of a user.</summary>
    [SetsRequiredMembers]
    public UserDocument(UserView user) : base(user.Settings)
    {
        Id = user.Id;
        Status = user.Status;
        NextRun = user.NextRun;
        CreatedAt = user.CreatedAt;
        SnoozedUntil = user.SnoozedUntil;
    }

    /// <summary>The user's id, <c>u-</c> and 32 hex digits.</summary>
    public string Id { get; }

    /// <summary>Whether the user is served.</summary>
    public UserStatus Status { get; }

    /// <summary>When the next check is due; absent while nothing is due.</summary>
    public DateTimeOffset? NextRun { get; }

    /// <summary>When the user was enrolled.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When a snooze ends; absent unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; }

    /// <summary>The token that may see and change this user; only in the answer to the enrolment, and only when addresses need no confirmation.</summary>
    public string? ManageToken { get; init; }
}
