namespace Alerts.Reminders.Handover;

/// <summary>The moments at which a reminder ticks: its start and every period after it. Pure.</summary>
public static class ReminderTicks
{
    /// <summary>Whether a reminder ticks after <paramref name="from"/> and not after <paramref name="to"/>.</summary>
    public static bool IsIn(ReminderEntry reminder, DateTimeOffset from, DateTimeOffset to)
    {
        var sinceStart = to.UtcTicks - reminder.StartAt.Ticks;
        return sinceStart >= 0 && to.UtcTicks - sinceStart % reminder.Period.Ticks > from.UtcTicks;
    }
}
