namespace Alerts.Reminders.Handover;

public static class ReminderTicks
{
    // After <c>from</c>, up to and including <c>to</c>.
    public static bool IsIn(ReminderEntry reminder, DateTimeOffset from, DateTimeOffset to)
    {
        var sinceStart = to.UtcTicks - reminder.StartAt.Ticks;
        return sinceStart >= 0 && to.UtcTicks - sinceStart % reminder.Period.Ticks > from.UtcTicks;
    }
}
