namespace Alerts.Gateway.Feeds;

/// <summary>The addresses of a user's Atom feed. Whoever has one can read the feed without signing in.</summary>
/// <param name="Url">The feed of all searches; absent when there is no feed.</param>
/// <param name="Searches">A feed of each search, in the user's order; empty when there is no feed.</param>
public sealed record FeedDocument(string? Url, IReadOnlyList<SearchFeed> Searches);
