namespace Alerts.Gateway.Feeds;

/// <summary>The feed of one search.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Phrase">Its phrase.</param>
/// <param name="Url">The feed's address.</param>
public sealed record SearchFeed(string SearchId, string Phrase, string Url);
