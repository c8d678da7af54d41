namespace Alerts.State;

/// <summary>An event about one user for other services; stored in the same transaction as the change that caused it.</summary>
/// <param name="Type">The kind of event.</param>
/// <param name="Data">The event's JSON document.</param>
public sealed record UserEvent(string UserId, DateTimeOffset At, string Type, string Data);
