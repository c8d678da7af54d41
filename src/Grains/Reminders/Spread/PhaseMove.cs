namespace Alerts.Reminders.Spread;

/// <summary>A user that is to be woken in another second of the window.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Second">The new second.</param>
public readonly record struct PhaseMove(string UserId, int Second);
