using System.Collections.Immutable;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Settings;
using Alerts.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Users.Searches;

/// <summary><c>/v1/users/{id}/searches</c>: operations on single searches; the entity tag is that of the whole settings.</summary>
static class SearchesApi
{
    public static void MapSearches(this RouteGroupBuilder v1)
    {
        var searches = v1.MapGroup("/users/{id}/searches").WithTags("Searches").RequireAuthorization(AccessPolicies.OwnUser);
        searches.MapGet("/", ListAsync).Named("listSearches", "List a user's searches in their order.").WithVersion();
        searches.MapPost("/", AddAsync).Named("addSearch", "Add a search at the end.").ChangesSettings();
        searches.MapPut("/order", OrderAsync).Named("orderSearches", "Put a user's searches in another order.").ChangesSettings();
        searches.MapGet("/{searchId}", GetAsync).Named("getSearch", "Read a search.").WithVersion();
        searches.MapPut("/{searchId}", PutAsync).Named("replaceSearch", "Replace a search.").ChangesSettings();
        searches.MapPatch("/{searchId}", PatchAsync).Named("patchSearch", "Change some of a search (JSON merge patch).").ChangesSettings();
        searches.MapDelete("/{searchId}", DeleteAsync).Named("deleteSearch", "Remove a search; the last one cannot be removed.")
            .ChangesSettings();
    }

    static async Task<Results<Ok<SearchList>, ProblemHttpResult>> ListAsync(string id, HttpContext context, IGrainFactory grains)
    {
        if (!UserId.IsValid(id) || await grains.GetGrain<IUserGrain>(id).GetAsync() is not { } user)
            return Problems.NotFound("user");
        context.Response.Headers.ETag = IfMatch.TagOf(user);
        return TypedResults.Ok(new SearchList(user.Settings.Searches));
    }

    static async Task<Results<Ok<SearchSettings>, ProblemHttpResult>> GetAsync(string id, string searchId, HttpContext context,
        IGrainFactory grains)
    {
        if (!UserId.IsValid(id) || await grains.GetGrain<IUserGrain>(id).GetAsync() is not { } user)
            return Problems.NotFound("user");
        context.Response.Headers.ETag = IfMatch.TagOf(user);
        return user.Settings.Searches.FirstOrDefault(search => search.Id == searchId) is { } found
            ? TypedResults.Ok(found) : Problems.NotFound("search");
    }

    static async Task<Created<SearchSettings>> AddAsync(string id, JsonBody<SearchSettings> body, HttpContext context,
        SettingsWriter writer)
    {
        var user = await ChangeAsync(id, context, writer, searches => searches.Add(body.Value));
        var added = user.Settings.Searches[^1];
        return TypedResults.Created($"/v1/users/{id}/searches/{added.Id}", added);
    }

    static Task<Ok<SearchSettings>> PutAsync(string id, string searchId, JsonBody<SearchSettings> body, HttpContext context,
        SettingsWriter writer) =>
        ReplaceAsync(id, searchId, context, writer, _ => body.Value);

    static Task<Ok<SearchSettings>> PatchAsync(string id, string searchId, JsonPatchBody<SearchSettings> body, HttpContext context,
        SettingsWriter writer) =>
        ReplaceAsync(id, searchId, context, writer, body.ApplyTo);

    static async Task<NoContent> DeleteAsync(string id, string searchId, HttpContext context, SettingsWriter writer)
    {
        await ChangeAsync(id, context, writer, searches => searches.RemoveAt(IndexOf(searches, searchId)));
        return TypedResults.NoContent();
    }

    static async Task<Ok<SearchList>> OrderAsync(string id, JsonBody<ImmutableArray<string>> body, HttpContext context,
        SettingsWriter writer)
    {
        var order = body.Value;
        var user = await ChangeAsync(id, context, writer, searches =>
        {
            if (order.Length != searches.Length || order.Distinct().Count() != order.Length
                || !order.All(wanted => searches.Any(search => search.Id == wanted)))
                throw new InvalidRequestException(StatusCodes.Status400BadRequest, "The order must name each of the user's searches once.",
                    new Dictionary<string, string[]>
                {
                    [JsonPath.Root] =
                        [$"Must hold these ids in the wanted order: {string.Join(", ", searches.Select(search => search.Id))}."],
                });
            return [.. order.Select(wanted => searches.First(search => search.Id == wanted))];
        });
        return TypedResults.Ok(new SearchList(user.Settings.Searches));
    }

    static async Task<Ok<SearchSettings>> ReplaceAsync(string id, string searchId, HttpContext context, SettingsWriter writer,
        Func<SearchSettings, SearchSettings> change)
    {
        var user = await ChangeAsync(id, context, writer, searches =>
        {
            var index = IndexOf(searches, searchId);
            var search = change(searches[index]);
            if (search.Id is not null && search.Id != searchId)
                throw new InvalidRequestException(StatusCodes.Status400BadRequest, "A search keeps its id.",
                    new Dictionary<string, string[]> { ["id"] = ["Must be the search's own id, or be left out."] });
            return searches.SetItem(index, search with { Id = searchId });
        });
        return TypedResults.Ok(user.Settings.Searches.First(search => search.Id == searchId));
    }

    static async Task<UserView> ChangeAsync(
        string id, HttpContext context, SettingsWriter writer, Func<ImmutableArray<SearchSettings>, ImmutableArray<SearchSettings>> change)
    {
        var user = await writer.ChangeAsync(id, context.Request, settings => settings with { Searches = change(settings.Searches) });
        context.Response.Headers.ETag = IfMatch.TagOf(user);
        return user;
    }

    static int IndexOf(ImmutableArray<SearchSettings> searches, string searchId)
    {
        for (var i = 0; i < searches.Length; i++)
        {
            if (searches[i].Id == searchId)
                return i;
        }

        throw new InvalidRequestException(StatusCodes.Status404NotFound, "There is no such search.");
    }
}
