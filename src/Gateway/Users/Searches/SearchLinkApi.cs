using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Users.Searches;

/// <summary>
/// <c>POST /v1/search/parse</c>: makes a search from a link at eBay. Open to everybody: it calls nobody and stores nothing.
/// </summary>
static class SearchLinkApi
{
    public static void MapSearchLinks(this RouteGroupBuilder v1) =>
        v1.MapPost("/search/parse", Parse).WithTags("Searches").WithMetadata(AsksNobody.Instance)
        .For(ApiKeyScope.Read).ForLinks()
        .Named("parseSearchLink", "Make a search from the address of eBay's search page.");

    static Results<Ok<ParsedSearchLink>, ProblemHttpResult> Parse(JsonBody<SearchLinkRequest> body)
    {
        var (search, left, refusal) = SearchLink.Parse(body.Value.Url);
        return search is not null
            ? TypedResults.Ok(new ParsedSearchLink(search, left))
            : Problems.Invalid(new Dictionary<string, string[]> { ["url"] = [refusal!] });
    }
}
