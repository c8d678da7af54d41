namespace Alerts.Gateway.Limits;

/// <summary>A limit: what may be done, how often, in which time.</summary>
/// <param name="Key">The caller and the kind of action. Its first words choose the limit.</param>
/// <param name="Limit">The number of times, which may be used all at once.</param>
/// <param name="Period">The time in which the number is restored.</param>
readonly record struct Allowance(string Key, int Limit, TimeSpan Period);
