namespace Alerts.Gateway.Limits;

/// <summary>What a caller may do so often.</summary>
/// <param name="Key">Who, and what; its first words say how often.</param>
/// <param name="Limit">This many times, all at once if wanted,</param>
/// <param name="Period">in this time.</param>
readonly record struct Allowance(string Key, int Limit, TimeSpan Period);
