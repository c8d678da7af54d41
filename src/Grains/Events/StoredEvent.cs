namespace Alerts.Events;

/// <summary>An event in its place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Data">The document, JSON.</param>
public sealed record StoredEvent(EventPlace Place, string Type, string Data);
