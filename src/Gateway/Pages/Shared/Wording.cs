using System.Globalization;
using Alerts.Mail.Templates;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Texts;
using Alerts.Users;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>Describes settings and states in words.</summary>
static class Wording
{
    /// <summary>How often searches are checked and mails come.</summary>
    public static string Frequency(UserSettings settings, TextCatalogue texts, TimeSpan reminderPeriod) =>
        settings.Notify is NotifyMode.Digest
        ? texts["frequency.digest", Hour(settings.DigestHour)]
        : FrequencyText.Of(texts, settings.FrequencyMinutes, reminderPeriod);

    /// <summary>Whether a user is served, and why not.</summary>
    public static string Status(UserView user, TextCatalogue texts, MailFormat format) => user.Status switch
    {
        UserStatus.Snoozed when user.SnoozedUntil is { } until => texts["status.snoozed", format.Moment(until)],
        UserStatus.Suppressed => texts["status.suppressed", user.Settings.Email],
        UserStatus.Unconfirmed => texts["status.unconfirmed", user.Settings.Email],
        UserStatus.Paused => texts["status.paused"],
        _ => user.NextRun is { } next ? texts["status.active", format.Moment(next)] : texts["status.active.soon"],
    };

    /// <summary>The state of a search, and why no news came.</summary>
    public static string SearchState(UserView user, SearchSettings search, SearchResults? result, TextCatalogue texts, MailFormat format)
    {
        if (search.Paused)
            return texts["state.stopped"];
        if (user.Status is not UserStatus.Active)
            return texts["state.waiting"];
        if (result is { TooLarge: true })
            return texts["state.too.large"];
        if (result is null or { LastSuccess: null, LastFailure: null })
            return texts["state.first"];
        var next = result.NextFetch is { } at ? texts["state.next", format.Moment(at)] : "";
        if (result.LastFailure is not null)
            return texts["state.failed", next];
        var looked = texts["state.looked", format.Moment(result.LastSuccess!.Value), next];
        var news = result.LastNews is { } last ? texts["state.news", format.Moment(last)] : texts["state.no.news"];
        return result.IntervalReason is { } reason ? texts["state.shared", looked, news, reason] : texts["state.all", looked, news];
    }

    /// <summary>An hour of the day, as a clock shows it.</summary>
    public static string Hour(int hour) => hour.ToString("00", CultureInfo.InvariantCulture) + ":00";
}
