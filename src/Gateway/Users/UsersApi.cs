using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests;
using Alerts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Users;

/// <summary><c>/v1/users</c>: enrolling people, finding, reading and deleting them.</summary>
static class UsersApi
{
    public static void MapUsers(this WebApplication app)
    {
        var users = app.MapGroup("/v1/users").WithTags("Users").RequireAuthorization(AccessPolicies.OwnUser);
        users.MapPost("/", CreateAsync).AllowAnonymous();
        users.MapGet("/", FindAsync).RequireAuthorization(AccessPolicies.Administrators);
        users.MapGet("/{id}", GetAsync);
        users.MapDelete("/{id}", DeleteAsync);
    }

    static async Task<Results<Created<UserDocument>, ProblemHttpResult>> CreateAsync(
        JsonBody<UserSettings> body, HttpContext context, IGrainFactory grains, LinkTokens tokens, IOptions<GatewayOptions> gateway, IOptions<AlertsOptions> alerts)
    {
        var settings = body.Value;
        if (UserSettingsValidator.Validate(settings, gateway.Value.MaxSearches) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        var id = UserId.New();
        var result = await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings.Email)).EnrolAsync(id, UserSettingsValidator.WithSearchIds(settings));
        if (!result.Created)
            return Problems.Of(StatusCodes.Status409Conflict, "This address has a user already.");

        var user = result.User;
        context.Response.Headers.ETag = ETagOf(user);
        var token = alerts.Value.Confirmation is ConfirmationMode.Off ? tokens.Issue(LinkPurpose.Manage, user.Id, user.TokenGeneration) : null;
        return TypedResults.Created($"/v1/users/{user.Id}", new UserDocument(user) { ManageToken = token });
    }

    static async Task<Results<Ok<UserDocument>, ProblemHttpResult>> FindAsync(string? email, HttpContext context, IGrainFactory grains)
    {
        if (UserSettingsValidator.ValidateEmail(email ?? "") is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var id = await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email!)).FindAsync();
        return id is null ? Problems.NotFound("user") : await GetAsync(id, context, grains);
    }

    static async Task<Results<Ok<UserDocument>, ProblemHttpResult>> GetAsync(string id, HttpContext context, IGrainFactory grains)
    {
        if (!UserId.IsValid(id) || await grains.GetGrain<IUserGrain>(id).GetAsync() is not { } user)
            return Problems.NotFound("user");
        context.Response.Headers.ETag = ETagOf(user);
        return TypedResults.Ok(new UserDocument(user));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).DeleteAsync() ? TypedResults.NoContent() : Problems.NotFound("user");

    static string ETagOf(UserView user) => $"\"{user.Version}\"";
}
