using Alerts.Search;

namespace Alerts.Users.Feeds;

/// <summary>A listing in a feed.</summary>
/// <param name="SearchId">The search that found it.</param>
/// <param name="Phrase">The search's phrase.</param>
/// <param name="Listing">The listing.</param>
/// <param name="UpdatedAt">Since when the listing has had this price, as far as the search knows.</param>
[GenerateSerializer, Immutable, Alias("Alerts.FeedItem")]
public sealed record FeedItem(
    [property: Id(0)] string SearchId, [property: Id(1)] string Phrase, [property: Id(2)] Listing Listing,
        [property: Id(3)] DateTimeOffset UpdatedAt);
