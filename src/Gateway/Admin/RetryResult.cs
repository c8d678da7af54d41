namespace Alerts.Gateway.Admin;

/// <summary>What is tried again.</summary>
/// <param name="Retried">Mails that waited and are tried at once.</param>
public sealed record RetryResult(int Retried);
