namespace Alerts.State;

/// <summary>What other services learn of one user; stored in the transaction of the change it tells of.</summary>
/// <param name="UserId">The user.</param>
/// <param name="At">When the change was made.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Data">The document, JSON.</param>
public sealed record UserEvent(string UserId, DateTimeOffset At, string Type, string Data);
