namespace Alerts.Gateway.Requests.Operations;

/// <summary>A request header that an operation takes, for the API document.</summary>
/// <param name="Name">The header.</param>
/// <param name="Description">What it does.</param>
sealed record RequestHeader(string Name, string Description);
