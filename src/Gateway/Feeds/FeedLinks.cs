using Alerts.Configuration;
using Alerts.Tokens;
using Alerts.Users.Feeds;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Feeds;

/// <summary>The addresses of feeds. They consist of a signed token, as the links in mails do.</summary>
sealed class FeedLinks(LinkTokens tokens, IOptions<AlertsOptions> options)
{
    /// <summary>The addresses of a user's feed.</summary>
    public FeedDocument Of(string userId, FeedAddress feed) => feed.Key is not { } key
        ? new FeedDocument(null, [])
        : new FeedDocument(Url(userId, feed.Generation, key), [.. feed.Searches.Select(search =>
            new SearchFeed(search.SearchId, search.Phrase, Url(userId, feed.Generation, key, search.SearchId)))]);

    /// <summary>The address of one feed; the same parts give the same address.</summary>
    public string Url(string userId, int generation, string key, string? searchId = null) =>
        $"{PublicUrl}/feeds/{tokens.Issue(LinkPurpose.Feed, userId, generation, searchId, key)}";

    /// <summary>The page with the same content as the feed.</summary>
    public string Page(string? searchId) => searchId is null ? $"{PublicUrl}/alerts" : $"{PublicUrl}/alerts/{searchId}";

    string PublicUrl => options.Value.PublicUrl.TrimEnd('/');
}
