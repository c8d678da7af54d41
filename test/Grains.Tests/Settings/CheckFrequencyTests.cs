using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Texts;

namespace Alerts.Tests.Settings;

public class CheckFrequencyTests
{
    [Theory]
    [InlineData(2, "00:02:00", "00:02:00", 2)]
    [InlineData(1440, "00:02:00", "1.00:00:00", 1440)]
    [InlineData(2, "00:05:00", "00:05:00", 5)]
    [InlineData(10, "00:05:00", "00:10:00", 10)]
    [InlineData(10, "00:07:00", "00:14:00", 14)]
    [InlineData(1440, "01:00:00", "1.00:00:00", 1440)]
    [InlineData(2, "01:00:00", "01:00:00", 60)]
    [InlineData(2, "00:02:30", "00:02:30", 3)]
    [InlineData(10, "00:00:30", "00:02:30", 10)]
    public void A_frequency_is_whole_periods_and_people_are_told_their_minutes(int minutes, string period, string interval, int shown)
    {
        var every = TimeSpan.Parse(period, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(interval, CheckFrequency.Interval(minutes, every).ToString());
        Assert.Equal(shown, CheckFrequency.ShownMinutes(minutes, every));
    }

    [Fact]
    public void With_any_period_checks_come_with_ticks_and_no_more_often_than_chosen()
    {
        for (var seconds = 120; seconds <= 3600; seconds++)
        {
            var period = TimeSpan.FromSeconds(seconds);
            Assert.All(UserSettingsValidator.Frequencies, minutes =>
            {
                var interval = CheckFrequency.Interval(minutes, period);
                Assert.Equal(0, interval.Ticks % period.Ticks);
                Assert.InRange(interval, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes) + period - TimeSpan.FromTicks(1));
            });
        }
    }

    [Theory]
    [InlineData("en-US", 2, "every 2 minutes")]
    [InlineData("en-US", 5, "every 5 minutes")]
    [InlineData("de-DE", 5, "alle 5 Minuten")]
    [InlineData("pl-PL", 5, "co 5 minut")]
    [InlineData("pl-PL", 3, "co 3 minuty")]
    [InlineData("ja-JP", 7, "7分ごと")]
    [InlineData("fr-FR", 60, "toutes les heures")]
    public void The_words_are_those_of_the_interval(string language, int periodMinutes, string words) =>
        Assert.Equal(words, FrequencyText.Of(TextCatalogue.Of(language), 2, TimeSpan.FromMinutes(periodMinutes)));
}
