using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>
/// The settings document: everything that a person chooses. Only <see cref="Email"/>, <see cref="FrequencyMinutes"/> and one phrase are
/// required.
/// </summary>
[GenerateSerializer, Immutable, Alias("Alerts.UserSettings")]
public record UserSettings
{
    /// <summary>The address for mails: at most 254 characters (RFC 5321), including internationalised ones (RFC 6531).</summary>
    [Id(0)] public required string Email { get; init; }

    /// <summary>Minutes between checks: 2, 10, 20, 30, 60, 360, 720 or 1440.</summary>
    [Id(1)] public required int FrequencyMinutes { get; init; }

    /// <summary>What to be notified of; default <see cref="NotifyMode.Changes"/>.</summary>
    [Id(2)] public NotifyMode Notify { get; init; }

    /// <summary>Hour of the digest, 0 to 23, in <see cref="TimeZone"/>; default 8.</summary>
    [Id(3)] public int DigestHour { get; init; } = 8;

    /// <summary>IANA time zone; default <c>UTC</c>.</summary>
    [Id(4)] public string TimeZone { get; init; } = "UTC";

    /// <summary>Hours without mails; absent: none.</summary>
    [Id(5)] public QuietHours? QuietHours { get; init; }

    /// <summary>BCP 47 language tag for numbers and dates; default <c>en-US</c>.</summary>
    [Id(6)] public string Language { get; init; } = "en-US";

    /// <summary>Whether insight mails are wanted; default true.</summary>
    [Id(7)] public bool Insights { get; init; } = true;

    /// <summary>The searches, 1 to 50, in the user's order.</summary>
    [Id(8)] public required ImmutableArray<SearchSettings> Searches { get; init; }

    /// <summary>
    /// The most alert mails on one day, midnight to midnight in <see cref="TimeZone"/>; later news is mailed the next day. 0 (default): no
    /// limit; at most 720.
    /// </summary>
    [Id(9)] public int MailsPerDay { get; init; }

    /// <summary>How often insight mails come, if there are price drops; default <see cref="InsightPeriod.Weekly"/>.</summary>
    [Id(10)] public InsightPeriod InsightPeriod { get; init; }

    /// <summary>Hour of insight mails, 0 to 23, in <see cref="TimeZone"/>; default 9.</summary>
    [Id(11)] public int InsightHour { get; init; } = 9;

    /// <summary>
    /// The least minutes between two alert mails, 0 to 1440, for a user who is checked more often and notified of changes. Earlier news
    /// waits, unless a target price is reached or an auction ends. Absent: none; at an enrolment, 10.
    /// </summary>
    [Id(20)] public int? MinutesBetweenMails { get; init; }

    /// <summary>
    /// Whether the user is notified in quiet hours, too, of an auction that ends within the hour or within a search's
    /// <c>endingWithinMinutes</c>. Other waiting news comes in the same message. Default false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Id(21)] public bool EndingInQuietHours { get; init; }

    /// <summary>These settings without what a document adds to them.</summary>
    public UserSettings Alone() => new(this);
}
