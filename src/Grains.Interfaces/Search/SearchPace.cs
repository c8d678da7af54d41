namespace Alerts.Search;

/// <summary>How often eBay is asked while its calls do not suffice for all searches.</summary>
/// <param name="Interval">The time between two calls.</param>
/// <param name="Searches">The number of searches of all users that share the calls.</param>
/// <param name="CallsPerDay">The number of calls to share in a day.</param>
[GenerateSerializer, Immutable, Alias("Alerts.SearchPace")]
public sealed record SearchPace([property: Id(0)] TimeSpan Interval, [property: Id(1)] int Searches, [property: Id(2)] int CallsPerDay);
