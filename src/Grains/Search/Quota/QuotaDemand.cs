namespace Alerts.Search.Quota;

/// <summary>A group of searches with similar intervals.</summary>
/// <param name="Interval">The interval that their users would like.</param>
/// <param name="Searches">The number of searches.</param>
/// <param name="Shares">The sum of their shares (<see cref="PollPlan.Share"/>).</param>
[GenerateSerializer, Immutable, Alias("Alerts.QuotaDemand")]
public readonly record struct QuotaDemand([property: Id(0)] TimeSpan Interval, [property: Id(1)] int Searches,
    [property: Id(2)] double Shares);
