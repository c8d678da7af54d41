namespace Alerts.Gateway.Access;

/// <summary>The API keys of the settings.</summary>
/// <param name="Items">In the order of the settings.</param>
public sealed record ApiKeyList(IReadOnlyList<ApiKey> Items);
