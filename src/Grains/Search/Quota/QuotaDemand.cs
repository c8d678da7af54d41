namespace Alerts.Search.Quota;

/// <summary>Searches that are asked for about as often.</summary>
/// <param name="Interval">How often: the interval their users would have.</param>
/// <param name="Searches">How many they are.</param>
/// <param name="Shares">The sum of their shares (<see cref="PollPlan.Share"/>).</param>
[GenerateSerializer, Immutable, Alias("Alerts.QuotaDemand")]
public readonly record struct QuotaDemand([property: Id(0)] TimeSpan Interval, [property: Id(1)] int Searches, [property: Id(2)] double Shares);
