namespace Alerts.Reminders.Spread;

/// <summary>A user gets another second of the window.</summary>
public readonly record struct PhaseMove(string UserId, int Second);
