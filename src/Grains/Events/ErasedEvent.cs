namespace Alerts.Events;

/// <summary>A user was erased.</summary>
/// <param name="User">The user's id.</param>
/// <param name="At">When.</param>
sealed record ErasedEvent(string User, DateTimeOffset At);
