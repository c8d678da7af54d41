namespace Alerts.Search;

/// <summary>How often eBay is asked where its calls do not suffice for all.</summary>
/// <param name="Interval">The time between two questions.</param>
/// <param name="Searches">Searches of all users that share the calls.</param>
/// <param name="CallsPerDay">The calls.</param>
[GenerateSerializer, Immutable, Alias("Alerts.SearchPace")]
public sealed record SearchPace([property: Id(0)] TimeSpan Interval, [property: Id(1)] int Searches, [property: Id(2)] int CallsPerDay);
