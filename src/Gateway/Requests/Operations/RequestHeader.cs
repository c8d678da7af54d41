namespace Alerts.Gateway.Requests.Operations;

/// <summary>A request header that an operation reads, for the API document.</summary>
/// <param name="Name">The header.</param>
/// <param name="Description">The header's effect.</param>
sealed record RequestHeader(string Name, string Description);
