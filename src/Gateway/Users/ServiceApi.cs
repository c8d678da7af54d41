using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Users;

/// <summary><c>/v1/users/{id}</c>: pauses and resumes the service for a user, and rotates tokens.</summary>
static class ServiceApi
{
    static readonly TimeSpan maxSnooze = TimeSpan.FromDays(366);

    public static void MapService(this RouteGroupBuilder v1)
    {
        var user = v1.MapGroup("/users/{id}").WithTags("Service").RequireAuthorization(AccessPolicies.OwnUser);
        user.MapPost("/pause", PauseAsync).Named("pauseUser", "Stop checks and mails until resumed.").WithVersion().ProducesProblem(409)
            .ForLinks();
        user.MapPost("/resume", ResumeAsync).Named("resumeUser", "Start checks and mails again.").WithVersion().ProducesProblem(409)
            .ForLinks();
        user.MapPost("/snooze", SnoozeAsync).Named("snoozeUser", "Pause until a moment.").WithVersion().ProducesProblem(409).ForLinks();
        user.MapPost("/token", RotateTokenAsync)
            .Named("rotateToken", "Make all earlier manage tokens and links void, and issue a new token.");
    }

    static Task<Results<Ok<UserDocument>, ProblemHttpResult>> PauseAsync(string id, HttpContext context, IGrainFactory grains) =>
        ApplyAsync(id, context, grains, user => user.PauseAsync());

    static Task<Results<Ok<UserDocument>, ProblemHttpResult>> ResumeAsync(string id, HttpContext context, IGrainFactory grains) =>
        ApplyAsync(id, context, grains, user => user.ResumeAsync());

    static async Task<Results<Ok<UserDocument>, ProblemHttpResult>> SnoozeAsync(string id, JsonBody<SnoozeRequest> body,
        HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var until = body.Value.Until;
        var now = clock.GetUtcNow();
        if (until <= now || until > now + maxSnooze)
            return Problems.Invalid(
                new Dictionary<string, string[]> { ["until"] = [$"A snooze ends in the future, within {maxSnooze.TotalDays:0} days."] });
        return await ApplyAsync(id, context, grains, user => user.SnoozeAsync(until.ToUniversalTime()));
    }

    static async Task<Results<Ok<TokenDocument>, ProblemHttpResult>> RotateTokenAsync(string id, IGrainFactory grains, LinkTokens tokens) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserGrain>(id).RotateTokensAsync() is { } user
            ? TypedResults.Ok(new TokenDocument(tokens.Issue(LinkPurpose.Manage, user.Id, user.TokenGeneration)))
            : Problems.NotFound("user");

    static async Task<Results<Ok<UserDocument>, ProblemHttpResult>> ApplyAsync(string id, HttpContext context, IGrainFactory grains,
        Func<IUserGrain, Task<UserView?>> change)
    {
        if (!UserId.IsValid(id) || await change(grains.GetGrain<IUserGrain>(id)) is not { } user)
            return Problems.NotFound("user");
        if (user.Status is UserStatus.Unconfirmed)
            return Problems.Of(StatusCodes.Status409Conflict, "The address is not confirmed yet.");
        context.Response.Headers.ETag = IfMatch.TagOf(user);
        return TypedResults.Ok(new UserDocument(user));
    }
}
