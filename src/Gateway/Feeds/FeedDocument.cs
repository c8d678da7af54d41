namespace Alerts.Gateway.Feeds;

/// <summary>The addresses of a user's Atom feed. Who has one can read it, without signing in.</summary>
/// <param name="Url">The feed of all searches; absent while there is none.</param>
/// <param name="Searches">A feed of each search, in the user's order; empty while there is none.</param>
public sealed record FeedDocument(string? Url, IReadOnlyList<SearchFeed> Searches);
