namespace Alerts.Search;

/// <summary>A listing that a message or a page named to the user.</summary>
/// <param name="Number">The listing's number.</param>
/// <param name="At">When it was named last.</param>
/// <param name="GoneSince">When the search last found it, which it does no longer; null while it does.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ToldListing")]
public readonly record struct ToldListing(
    [property: Id(0)] long Number, [property: Id(1)] DateTimeOffset At, [property: Id(2)] DateTimeOffset? GoneSince);
