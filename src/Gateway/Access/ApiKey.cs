namespace Alerts.Gateway.Access;

/// <summary>A key that the settings name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="LastUsed">When it was last used, to the hour; absent: not since the service keeps that.</param>
public sealed record ApiKey(string Name, ApiKeyScope Scope, DateTimeOffset? LastUsed = null);
