namespace Alerts.Users.Feeds;

/// <summary>The parts of a feed's address.</summary>
/// <param name="Generation">The user's token generation; a new one changes the feed's addresses too.</param>
/// <param name="Key">The feed's random name; null when there is no feed.</param>
/// <param name="Searches">The user's searches; each has its own feed address.</param>
[GenerateSerializer, Immutable, Alias("Alerts.FeedAddress")]
public sealed record FeedAddress([property: Id(0)] int Generation, [property: Id(1)] string? Key, [property: Id(2)] FeedSearch[] Searches);
