using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Tokens;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Users;

/// <summary><c>POST /v1/users</c>: the only operation with personal data that strangers may call.</summary>
static class EnrolmentApi
{
    const string KeyHeader = "Idempotency-Key";
    const int MaxKeyLength = 255;

    public static void MapEnrolment(this RouteGroupBuilder v1) =>
        v1.MapPost("/users", EnrolAsync).WithTags("Users").WithMetadata(LimitedTo.Enrolments).For(ApiKeyScope.Enrol)
        .Named("createUser", "Enrol a user.")
        .WithMetadata(new RequestHeader(KeyHeader,
            "Names this request: for seven days the same caller gets the same answer to it again, and 422 for another body."))
        .WithVersion().ProducesProblem(409).ProducesProblem(422);

    static async Task<Results<Created<UserDocument>, ProblemHttpResult>> EnrolAsync(
        JsonBody<UserSettings> body, HttpContext context, IGrainFactory grains, LinkTokens tokens, MailLimits mailLimits,
        IOptions<AlertsOptions> alerts)
    {
        var posted = UserSettingsValidator.ForEnrolment(body.Value);
        mailLimits.Take(posted.Email, context);
        var (id, result) = await ClaimAsync(posted, context, grains, tokens);
        if (result is null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, $"This {KeyHeader} was used with another request.");
        if (!result.Created && context.User.IsAdministrator())
            return Problems.Of(StatusCodes.Status409Conflict, $"This address has a user already: {result.User.Id}.");
        if (!result.Created)
            await grains.GetGrain<IUserGrain>(result.User.Id).RemindOwnerAsync();

        context.Response.Headers.ETag = "\"1\"";
        var answer = Answer(id, posted, result, context.User, alerts.Value.Confirmation, tokens);
        return TypedResults.Created($"/v1/users/{id}", answer with { Pace = await PaceAsync(posted, grains) });
    }

    /// <summary>
    /// The user is already enrolled. If the pace is unknown, as with a silo of an older release, the answer only lacks it.
    /// </summary>
    static async Task<string?> PaceAsync(UserSettings settings, IGrainFactory grains)
    {
        try
        {
            return await grains.GetGrain<IPreviewGrain>(0)
                .PaceAsync(settings.Searches.Length, settings.FrequencyMinutes, settings.Language);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or StoreUnavailableException)
        {
            return null;
        }
    }

    /// <summary>With confirmation, a stranger's answer repeats only what was sent. Without it, the answer has a new user's token.</summary>
    static UserDocument Answer(string id, UserSettings posted, EnrolResult result, ClaimsPrincipal caller, ConfirmationMode confirmation,
        LinkTokens tokens)
    {
        if (confirmation is ConfirmationMode.Off)
            return result.Created
                ? new UserDocument(result.User) { ManageToken = tokens.Issue(LinkPurpose.Manage, id, result.User.TokenGeneration,
                    issuedAt: result.User.CreatedAt) }
                : new UserDocument(id, posted, UserStatus.Active);
        return caller.IsAdministrator() ? new UserDocument(result.User) : new UserDocument(id, posted, UserStatus.Unconfirmed);
    }

    static async Task<(string Id, EnrolResult? Result)> ClaimAsync(UserSettings posted, HttpContext context, IGrainFactory grains,
        LinkTokens tokens)
    {
        if (context.Request.Headers[KeyHeader] is not { Count: > 0 } given)
        {
            var id = UserId.New();
            return (id, await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(posted.Email))
                .EnrolAsync(id, UserSettingsValidator.WithSearchIds(posted)));
        }

        if (given is not [{ Length: > 0 and <= MaxKeyLength } key] || key.Any(c => c is < '!' or > '~'))
            throw new InvalidRequestException(StatusCodes.Status400BadRequest,
                $"{KeyHeader} must be 1 to {MaxKeyLength} visible ASCII characters.");
        // Each caller has its own keys, and nobody can guess the name of another caller's key.
        var name = UserId.FromHash(tokens.NameOf("enrolment", $"{context.CallerOf()} {key}"));
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(posted)));
        var result = await grains.GetGrain<IEnrolmentGrain>(name).EnrolAsync(UserSettingsValidator.WithSearchIds(posted), fingerprint);
        return (result?.UserId ?? name, result);
    }
}
