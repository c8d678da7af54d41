namespace Alerts.Gateway.Access;

/// <summary>A key from the settings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="LastUsed">When it was last used, to the hour; absent when it was never used since the service records that.</param>
public sealed record ApiKey(string Name, ApiKeyScope Scope, DateTimeOffset? LastUsed = null);
