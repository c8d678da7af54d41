namespace Alerts.Gateway.Mails;

/// <summary>The result of lifting suppressions.</summary>
/// <param name="Lifted">Number of users who are served again.</param>
/// <param name="More">True when the limit of one call was reached: call again.</param>
public sealed record LiftResult(int Lifted, bool More);
