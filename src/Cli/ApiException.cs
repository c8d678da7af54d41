namespace Alerts.Cli;

/// <summary>The service did not do what was asked; the message says it to a person.</summary>
public sealed class ApiException(string message) : Exception(message);
