namespace Alerts.Settings;

/// <summary>How often a user is checked: by the user's settings and by the period of the reminders. Pure.</summary>
public static class CheckFrequency
{
    /// <summary>The shortest frequency. With reminders of a shorter period, as in a demonstration, all frequencies are as much shorter.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    /// <summary>The time between two checks; with a longer period, whole periods that the frequency's minutes fit in.</summary>
    /// <param name="frequencyMinutes">The frequency as set.</param>
    /// <param name="reminderPeriod">The period of the reminders.</param>
    public static TimeSpan Interval(int frequencyMinutes, TimeSpan reminderPeriod) => reminderPeriod < Shortest
        ? frequencyMinutes * (reminderPeriod / Shortest.TotalMinutes)
        : reminderPeriod * Math.Ceiling(TimeSpan.FromMinutes(frequencyMinutes) / reminderPeriod);

    /// <summary>The minutes between two checks, rounded up, as people are told. A demonstration says what it stands for.</summary>
    /// <param name="frequencyMinutes">The frequency as set.</param>
    /// <param name="reminderPeriod">The period of the reminders.</param>
    public static int ShownMinutes(int frequencyMinutes, TimeSpan reminderPeriod) =>
        reminderPeriod < Shortest ? frequencyMinutes : (int)Math.Ceiling(Interval(frequencyMinutes, reminderPeriod).TotalMinutes);
}
