using System.Text.Json.Serialization;

namespace Alerts.Users;

/// <summary>What became of a check, and so why no message came of it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckResult>))]
public enum CheckResult
{
    /// <summary>There was nothing to tell.</summary>
    [JsonStringEnumMemberName("nothingNew")]
    NothingNew,

    /// <summary>A message was made.</summary>
    [JsonStringEnumMemberName("notified")]
    Notified,

    /// <summary>There was news, in a quiet hour.</summary>
    [JsonStringEnumMemberName("quietHours")]
    QuietHours,

    /// <summary>There was news, and the day's limit of mails was reached.</summary>
    [JsonStringEnumMemberName("dayLimit")]
    DayLimit,

    /// <summary>There was news, for the next digest.</summary>
    [JsonStringEnumMemberName("digest")]
    Digest,

    /// <summary>A message waits that the mail server has not taken, or not all news had room.</summary>
    [JsonStringEnumMemberName("unsent")]
    Unsent,

    /// <summary>eBay did not answer for all searches, or refused one.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>There was news, in the pause after the last mail.</summary>
    [JsonStringEnumMemberName("pause")]
    Pause,
}
