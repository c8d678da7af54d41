namespace Alerts.Cli;

/// <summary>The service did not do what was asked; the message is for people.</summary>
public sealed class ApiException(string message) : Exception(message);
