using Alerts.Settings;
using Alerts.Settings.Validation;

namespace Alerts.Texts;

/// <summary>The frequency of checks, in words.</summary>
public static class FrequencyText
{
    public static string Of(TextCatalogue texts, int frequencyMinutes, TimeSpan reminderPeriod)
    {
        var minutes = CheckFrequency.ShownMinutes(frequencyMinutes, reminderPeriod);
        return UserSettingsValidator.Frequencies.Contains(minutes)
            ? texts[$"frequency.{minutes}"] : texts.Count("frequency.minutes", minutes);
    }
}
