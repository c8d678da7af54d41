using System.Diagnostics.CodeAnalysis;
using Alerts.Settings;
using Alerts.Texts;
using Alerts.Users;

namespace Alerts.Gateway.Users;

/// <summary>A user as the API answers it: the settings document with what the service adds.</summary>
public sealed record UserDocument : UserSettings
{
    /// <summary>JSON names of what the service adds: they may come back in a PUT and are ignored there.</summary>
    public static readonly string[] OwnFields = ["id", "status", "nextRun", "createdAt", "snoozedUntil", "pendingEmail", "manageToken", "textLanguage", "pace"];

    /// <summary>The document of a user.</summary>
    [SetsRequiredMembers]
    public UserDocument(UserView user) : base(user.Settings)
    {
        Id = user.Id;
        Status = user.Status;
        NextRun = user.NextRun;
        CreatedAt = user.CreatedAt;
        SnoozedUntil = user.SnoozedUntil;
        PendingEmail = user.PendingEmail;
    }

    /// <summary>The answer to a stranger: what was sent, and nothing that would tell whether the address was known.</summary>
    [SetsRequiredMembers]
    public UserDocument(string id, UserSettings settings, UserStatus status) : base(settings)
    {
        Id = id;
        Status = status;
    }

    /// <summary>The user's id, <c>u-</c> and 32 hex digits.</summary>
    public string Id { get; }

    /// <summary>Whether the user is served.</summary>
    public UserStatus Status { get; }

    /// <summary>When the next check is due; absent while nothing is due.</summary>
    public DateTimeOffset? NextRun { get; }

    /// <summary>When the user was enrolled.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>When a snooze ends; absent unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; }

    /// <summary>The language that mails and pages are in: that of <c>language</c>, or <c>en</c> where it has no texts.</summary>
    public string TextLanguage => TextCatalogue.Of(Language).Language;

    /// <summary>The address that mails go to once it is confirmed; absent when none waits.</summary>
    public string? PendingEmail { get; }

    /// <summary>How often eBay will be asked, where that is less often than chosen, and why; only in the answer to an enrolment.</summary>
    public string? Pace { get; init; }

    /// <summary>The token that may see and change this user; only where it is newly issued.</summary>
    public string? ManageToken { get; init; }
}
