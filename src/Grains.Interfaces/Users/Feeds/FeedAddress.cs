namespace Alerts.Users.Feeds;

/// <summary>What the addresses of a user's feed are made of.</summary>
/// <param name="Generation">The user's token generation: with it the feed's addresses change, too.</param>
/// <param name="Key">Names the feed, at random; null when there is none.</param>
/// <param name="Searches">The user's searches, each of which has an address of its own.</param>
[GenerateSerializer, Immutable, Alias("Alerts.FeedAddress")]
public sealed record FeedAddress([property: Id(0)] int Generation, [property: Id(1)] string? Key, [property: Id(2)] FeedSearch[] Searches);
