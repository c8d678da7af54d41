using System.Text.Json.Serialization;

namespace Alerts.Users;

/// <summary>The result of a check, and so the reason why it led to no message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckResult>))]
public enum CheckResult
{
    /// <summary>There was no news.</summary>
    [JsonStringEnumMemberName("nothingNew")]
    NothingNew,

    /// <summary>A message was made.</summary>
    [JsonStringEnumMemberName("notified")]
    Notified,

    /// <summary>There was news, but it was a quiet hour.</summary>
    [JsonStringEnumMemberName("quietHours")]
    QuietHours,

    /// <summary>There was news, but the day's limit of mails was reached.</summary>
    [JsonStringEnumMemberName("dayLimit")]
    DayLimit,

    /// <summary>There was news, which waits for the next digest.</summary>
    [JsonStringEnumMemberName("digest")]
    Digest,

    /// <summary>A message waits that the mail server has not accepted, or there was no room for all news.</summary>
    [JsonStringEnumMemberName("unsent")]
    Unsent,

    /// <summary>eBay did not answer for all searches, or refused one.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>There was news, but the pause after the last mail was not over.</summary>
    [JsonStringEnumMemberName("pause")]
    Pause,
}
