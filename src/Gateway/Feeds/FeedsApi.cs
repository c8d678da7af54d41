using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Operations;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Feeds;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Alerts.Gateway.Feeds;

/// <summary><c>/v1/users/{id}/feed</c> makes the addresses of a user's Atom feed; <c>/feeds/…</c> serves the feed.</summary>
static class FeedsApi
{
    public static void MapFeedAddresses(this RouteGroupBuilder v1)
    {
        var feed = v1.MapGroup("/users/{id}/feed").WithTags("Channels").RequireAuthorization(AccessPolicies.OwnUser);
        feed.MapGet("/", GetAsync).Named("getFeed", "Read the addresses of the user's Atom feeds: one for all searches, and one for each.");
        feed.MapPost("/", RenewAsync).Named("renewFeed", "Make an Atom feed, or replace its addresses; the old ones stop working.")
            .ProducesProblem(409);
        feed.MapDelete("/", RemoveAsync).Named("deleteFeed", "Remove the Atom feed; its addresses stop working.");
    }

    public static void MapFeeds(this WebApplication app) => app.MapGet("/feeds/{token}", ReadAsync).ExcludeFromDescription();

    /// <summary>A feed's address lives longer than a mail's link, so such a link may not read it.</summary>
    static async Task<Results<Ok<FeedDocument>, ProblemHttpResult>> GetAsync(
        string id, HttpContext context, IGrainFactory grains, FeedLinks links) =>
        context.User.IsByLink() ? Problems.Of(StatusCodes.Status403Forbidden, "A link of a mail does not show the feed's address.")
        : UserId.IsValid(id) && await grains.GetGrain<IUserFeedGrain>(id).GetFeedAsync() is { } feed ? TypedResults.Ok(links.Of(id, feed))
        : Problems.NotFound("user");

    static async Task<Results<Ok<FeedDocument>, ProblemHttpResult>> RenewAsync(string id, IGrainFactory grains, FeedLinks links)
    {
        if (!UserId.IsValid(id))
            return Problems.NotFound("user");
        var grain = grains.GetGrain<IUserFeedGrain>(id);
        if (await grain.RenewFeedAsync() is { } feed)
            return TypedResults.Ok(links.Of(id, feed));
        return await grain.GetFeedAsync() is null
            ? Problems.NotFound("user")
            : Problems.Of(StatusCodes.Status409Conflict, "The address is not confirmed yet.");
    }

    static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserFeedGrain>(id).RemoveFeedAsync()
            ? TypedResults.NoContent() : Problems.NotFound("user");

    static async Task<IResult> ReadAsync(
        string token, HttpContext context, IGrainFactory grains, LinkTokens tokens, FeedLinks links,
        PartitionedRateLimiter<Allowance> buckets, IOptions<RateLimitOptions> limits)
    {
        if (await tokens.ReadAsync(token, LinkPurpose.Feed) is not { Address: { } key } link)
            return Problems.NotFound("feed");
        if (buckets.Take(new Allowance("feed " + link.UserId, limits.Value.FeedReadsPerHour, TimeSpan.FromHours(1))) is { } wait)
            throw new InvalidRequestException(StatusCodes.Status429TooManyRequests,
                "This feed is read too often; wait as long as Retry-After says.")
            {
                RetryAfter = wait,
            };
        if (await grains.GetGrain<IUserFeedGrain>(link.UserId).ReadFeedAsync(link.Generation, key, link.SearchId) is not { } content)
            return Problems.Of(StatusCodes.Status410Gone, "This feed is no more.");
        var self = links.Url(link.UserId, link.Generation, key, link.SearchId);
        var atom = AtomFeed.Write(content, self, links.Page(link.SearchId), link.UserId, link.SearchId);
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers["X-Robots-Tag"] = "noindex";
        headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Bytes(atom, AtomFeed.MediaType,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(atom))[..32]}\""));
    }
}
