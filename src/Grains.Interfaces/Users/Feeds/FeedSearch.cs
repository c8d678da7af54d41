namespace Alerts.Users.Feeds;

/// <summary>A search that has a feed of its own.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Phrase">Its phrase.</param>
[GenerateSerializer, Immutable, Alias("Alerts.FeedSearch")]
public sealed record FeedSearch([property: Id(0)] string SearchId, [property: Id(1)] string Phrase);
