namespace Alerts.Reminders.Spread;

public readonly record struct PhaseMove(string UserId, int Second);
