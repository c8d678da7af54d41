using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Users;

/// <summary><c>/v1/users</c>: finds, reads, changes and deletes users; <see cref="EnrolmentApi"/> enrols them.</summary>
static class UsersApi
{
    public static void MapUsers(this RouteGroupBuilder v1)
    {
        var users = v1.MapGroup("/users").WithTags("Users");
        users.MapGet("/", FindAsync).RequireAuthorization(AccessPolicies.Administrators)
            .Named("listUsers", "Find a user by e-mail address, or list users.")
            .ProducesProblem(404);
        var user = users.MapGroup("/{id}").RequireAuthorization(AccessPolicies.OwnUser);
        user.MapGet("/", GetAsync).Named("getUser", "Read a user.").WithVersion();
        user.MapPut("/", PutAsync).WithMetadata(new IgnoredFields(UserDocument.OwnFields))
            .Named("replaceUser", "Replace a user's settings.").ChangesSettings().ProducesProblem(409);
        user.MapPatch("/", PatchAsync).Named("patchUser", "Change some of a user's settings (JSON merge patch).").ChangesSettings()
            .ProducesProblem(409);
        user.MapDelete("/", DeleteAsync).Named("deleteUser", "Erase a user with all history.");
    }

    static async Task<Results<Ok<UserList>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains, string? email = null, string? status = null, int? frequencyMinutes = null, string? notify = null,
            string? cursor = null, int limit = 50)
    {
        if (email is not null)
            return await FindByEmailAsync(email, grains);
        var errors = new FieldErrors();
        var filter = new UserFilter { Status = QueryNames.Read<UserStatus>("status", status, errors), FrequencyMinutes = frequencyMinutes,
            Notify = QueryNames.Read<NotifyMode>("notify", notify, errors) };
        var after = Cursors.ReadUser(cursor, errors);
        Cursors.CheckLimit(limit, IUserDirectoryGrain.PageLimit, errors);
        JsonRequest.ThrowIfAny(errors);
        var page = await grains.GetGrain<IUserDirectoryGrain>(0).ListAsync(filter, after, limit);
        return TypedResults.Ok(new UserList([.. page.Items.Select(user => new UserDocument(user))], Cursors.Write(page.Next)));
    }

    static async Task<Results<Ok<UserList>, ProblemHttpResult>> FindByEmailAsync(string email, IGrainFactory grains)
    {
        JsonRequest.ThrowIfAny(UserSettingsValidator.ValidateEmail(email));
        var id = await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email)).FindAsync();
        return id is not null && await grains.GetGrain<IUserGrain>(id).GetAsync() is { } user
            ? TypedResults.Ok(new UserList([new UserDocument(user)]))
            : Problems.NotFound("user");
    }

    static async Task<Results<Ok<UserDocument>, ProblemHttpResult>> GetAsync(string id, HttpContext context, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).GetAsync() is { } user ? Ok(user, context) : Problems.NotFound("user");

    static async Task<Ok<UserDocument>> PutAsync(string id, JsonBody<UserSettings> body, HttpContext context, SettingsWriter writer,
        LinkTokens tokens) =>
        Changed(await writer.ChangeAsync(id, context.Request, _ => body.Value), context, tokens);

    static async Task<Ok<UserDocument>> PatchAsync(string id, JsonPatchBody<UserSettings> body, HttpContext context, SettingsWriter writer,
        LinkTokens tokens) =>
        Changed(await writer.ChangeAsync(id, context.Request, body.ApplyTo, staysHere: body.Names("email")), context, tokens);

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).DeleteAsync() ? TypedResults.NoContent() : Problems.NotFound("user");

    /// <summary>A new address makes the tokens void: a caller who changed it with the old token gets a new one.</summary>
    static Ok<UserDocument> Changed(UserView user, HttpContext context, LinkTokens tokens)
    {
        context.Response.Headers.ETag = IfMatch.TagOf(user);
        var isVoid = context.User.TokenGeneration() is { } generation && generation != user.TokenGeneration;
        return TypedResults.Ok(new UserDocument(user) { ManageToken = isVoid
            ? tokens.Issue(LinkPurpose.Manage, user.Id, user.TokenGeneration) : null });
    }

    static Ok<UserDocument> Ok(UserView user, HttpContext context)
    {
        context.Response.Headers.ETag = IfMatch.TagOf(user);
        return TypedResults.Ok(new UserDocument(user));
    }
}
