namespace Alerts.Settings;

/// <summary>How often a user is checked, by the user's settings and the reminders' period. Pure.</summary>
public static class CheckFrequency
{
    /// <summary>
    /// The shortest frequency. A shorter reminder period, as in a demonstration, shortens all frequencies by the same factor.
    /// </summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The time between two checks. With a longer reminder period, it is the smallest number of whole periods that is not shorter than the
    /// frequency.
    /// </summary>
    /// <param name="frequencyMinutes">The frequency in the settings.</param>
    /// <param name="reminderPeriod">The period of the reminders.</param>
    public static TimeSpan Interval(int frequencyMinutes, TimeSpan reminderPeriod) => reminderPeriod < Shortest
        ? frequencyMinutes * (reminderPeriod / Shortest.TotalMinutes)
        : reminderPeriod * Math.Ceiling(TimeSpan.FromMinutes(frequencyMinutes) / reminderPeriod);

    /// <summary>
    /// The minutes between two checks, rounded up, as pages and mails name them. A demonstration names the frequency it imitates.
    /// </summary>
    /// <param name="frequencyMinutes">The frequency in the settings.</param>
    /// <param name="reminderPeriod">The period of the reminders.</param>
    public static int ShownMinutes(int frequencyMinutes, TimeSpan reminderPeriod) =>
        reminderPeriod < Shortest ? frequencyMinutes : (int)Math.Ceiling(Interval(frequencyMinutes, reminderPeriod).TotalMinutes);
}
