namespace Alerts.Gateway.Mails;

/// <summary>What was lifted.</summary>
/// <param name="Lifted">Users who are served again.</param>
/// <param name="More">True when there may be more: the limit of a call was reached, so call again.</param>
public sealed record LiftResult(int Lifted, bool More);
