using System.Text.RegularExpressions;

namespace Alerts.Users.Mails;

/// <summary>The id of a mail, or of a message to a channel: the user's id and a number, and for a channel what names it.</summary>
public static partial class NotificationId
{
    /// <summary>What every id matches.</summary>
    public const string Pattern = @"^[A-Za-z0-9._~-]{1,190}$";

    /// <summary>Whether a text may be an id.</summary>
    public static bool IsValid(string text) => Form.IsMatch(text);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form { get; }
}
