namespace Alerts.Events;

/// <summary>An event and its place in the order.</summary>
/// <param name="Place">The place.</param>
/// <param name="Type">The kind of event.</param>
/// <param name="Data">The event's JSON document.</param>
public sealed record StoredEvent(EventPlace Place, string Type, string Data);
