using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Alerts.Settings.Validation;

/// <summary>Checks the settings document, for the API and the grains.</summary>
public static partial class UserSettingsValidator
{
    /// <summary>The frequencies a user may choose, in minutes.</summary>
    public static readonly FrozenSet<int> Frequencies = FrozenSet.ToFrozenSet([2, 10, 20, 30, 60, 360, 720, 1440]);

    /// <summary>The limit of searches of a user, unless a setting changes it.</summary>
    public const int DefaultMaximumSearches = 50;

    /// <summary>The pause between two alert mails for a new user whose document has none.</summary>
    const int PauseOfNewUsers = 10;

    const int MaxMailsPerDay = 720;
    const int MaxPause = 1440;
    const int MaxTimeZoneLength = 64;
    const int MaxLanguageLength = 35;
    static readonly string frequencies = string.Join(", ", Frequencies.Order());

    /// <summary>All errors of a document, by JSON field path (<c>searches[0].phrase</c>); empty when it is valid.</summary>
    public static IReadOnlyDictionary<string, string[]> Validate(UserSettings settings, int maximumSearches = DefaultMaximumSearches)
    {
        var errors = new FieldErrors();
        if (EmailAddressValidator.Check(settings.Email ?? "") is { } refusal)
            errors.Add("email", refusal);
        errors.Require(Frequencies.Contains(settings.FrequencyMinutes), "frequencyMinutes",
            $"The frequency must be one of {frequencies} minutes.");
        errors.Require(IsHour(settings.DigestHour), "digestHour", "An hour is 0 to 23.");
        errors.Require(IsHour(settings.InsightHour), "insightHour", "An hour is 0 to 23.");
        errors.Require(settings.MailsPerDay is >= 0 and <= MaxMailsPerDay, "mailsPerDay", $"The limit is 0 to {MaxMailsPerDay} mails.");
        errors.Require(settings.MinutesBetweenMails is null or (>= 0 and <= MaxPause), "minutesBetweenMails",
            $"The pause is 0 to {MaxPause} minutes.");
        errors.Require(IsTimeZone(settings.TimeZone), "timeZone", "The time zone must be an IANA name such as Europe/Berlin.");
        errors.Require(IsLanguage(settings.Language), "language", "The language must be a BCP 47 tag such as en-US.");
        if (settings.QuietHours is { } quiet)
            CheckQuietHours(quiet, errors);
        CheckSearches(settings, maximumSearches, errors);
        return errors.ToDictionary();
    }

    /// <summary>All errors of an address, under <c>email</c>; empty when it is valid.</summary>
    public static IReadOnlyDictionary<string, string[]> ValidateEmail(string email)
    {
        var errors = new FieldErrors();
        if (EmailAddressValidator.Check(email) is { } refusal)
            errors.Add("email", refusal);
        return errors.ToDictionary();
    }

    /// <summary>All errors of one search, by JSON field path (<c>phrase</c>); empty when it is valid.</summary>
    public static IReadOnlyDictionary<string, string[]> Validate(SearchSettings search)
    {
        var errors = new FieldErrors();
        SearchSettingsValidator.Check(search, "", errors);
        return errors.ToDictionary();
    }

    /// <summary>The document of a new user, with the defaults that only new users get.</summary>
    public static UserSettings ForEnrolment(UserSettings settings) =>
        settings with { MinutesBetweenMails = settings.MinutesBetweenMails ?? PauseOfNewUsers };

    /// <summary>The valid document as it is stored. Every search has an id; existing ids stay. Every blank is a plain one.</summary>
    public static UserSettings WithSearchIds(UserSettings settings)
    {
        var taken = settings.Searches.Select(search => search.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return settings.Searches.All(search => search.Id is not null && WithPlainBlanks(search) == search)
            ? settings
            : settings with { Searches = [.. settings.Searches.Select(search => WithPlainBlanks(search) with { Id = search.Id
                ?? NewId() })] };

        string NewId()
        {
            var id = SearchId.New(taken);
            taken.Add(id);
            return id;
        }
    }

    static SearchSettings WithPlainBlanks(SearchSettings search) => search with
    {
        Phrase = TextValidator.WithPlainBlanks(search.Phrase),
        ExcludeWords = WithPlainBlanks(search.ExcludeWords),
        IncludeWords = WithPlainBlanks(search.IncludeWords),
    };

    static ImmutableArray<string> WithPlainBlanks(ImmutableArray<string> words) =>
        words.IsDefaultOrEmpty || words.All(word => TextValidator.WithPlainBlanks(word) == word)
            ? words : [.. words.Select(TextValidator.WithPlainBlanks)];

    static void CheckSearches(UserSettings settings, int maximumSearches, FieldErrors errors)
    {
        if (settings.Searches.IsDefaultOrEmpty)
        {
            errors.Add("searches", "At least one search is required.");
            return;
        }
        errors.Require(settings.Searches.Length <= maximumSearches, "searches", $"At most {maximumSearches} searches.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(settings.Searches.Length, maximumSearches); i++)
        {
            if (settings.Searches[i] is not { } search)
            {
                errors.Add($"searches[{i}]", "A search is required.");
                continue;
            }
            SearchSettingsValidator.Check(search, $"searches[{i}].", errors);
            AuctionRulesValidator.CheckLead(search, settings, $"searches[{i}].rules.endingWithinMinutes", errors);
            errors.Require(search.Id is null || ids.Add(search.Id), $"searches[{i}].id", "An id must not be used twice.");
        }
    }

    static void CheckQuietHours(QuietHours quiet, FieldErrors errors)
    {
        errors.Require(IsHour(quiet.From), "quietHours.from", "An hour is 0 to 23.");
        errors.Require(IsHour(quiet.To), "quietHours.to", "An hour is 0 to 23.");
        errors.Require(quiet.From != quiet.To, "quietHours", "Quiet hours must end at another hour than they begin.");
    }

    static bool IsHour(int hour) => hour is >= 0 and <= 23;

    /// <summary>The pattern excludes names such as Windows' own, or the machine's <c>localtime</c>, from the lookup.</summary>
    static bool IsTimeZone(string? name) =>
        name is { Length: <= MaxTimeZoneLength } && (name is "UTC" or "GMT" || TimeZonePattern.IsMatch(name))
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    static bool IsLanguage(string? tag)
    {
        if (tag is not { Length: > 0 and <= MaxLanguageLength } || !LanguagePattern.IsMatch(tag))
            return false;
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            // This system has no number and date formats for the language, so it is refused.
            return false;
        }
    }

    [GeneratedRegex(@"^(?!posix/|right/)[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)+\z")]
    private static partial Regex TimeZonePattern { get; }

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguagePattern { get; }
}
