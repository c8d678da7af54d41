using System.Diagnostics.CodeAnalysis;
using Alerts.Settings;
using Alerts.Texts;
using Alerts.Users;

namespace Alerts.Gateway.Users;

/// <summary>A user in the API's answers: the settings document with the service's own fields.</summary>
public sealed record UserDocument : UserSettings
{
    /// <summary>JSON names of the service's own fields: a PUT may contain them, and they are ignored there.</summary>
    public static readonly string[] OwnFields = ["id", "status", "nextRun", "createdAt", "snoozedUntil", "pendingEmail", "manageToken",
        "textLanguage", "pace"];

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

    /// <summary>The answer to a stranger: what was sent, and nothing that shows whether the address was known.</summary>
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

    /// <summary>The language of mails and pages: that of <c>language</c>, or <c>en</c> when it has no texts.</summary>
    public string TextLanguage => TextCatalogue.Of(Language).Language;

    /// <summary>The address to which mails will go after its confirmation; absent when no move waits.</summary>
    public string? PendingEmail { get; }

    /// <summary>How often eBay will be asked, and why, when that is less often than chosen; only in the answer to an enrolment.</summary>
    public string? Pace { get; init; }

    /// <summary>The token that allows seeing and changing this user; only when newly issued.</summary>
    public string? ManageToken { get; init; }
}
