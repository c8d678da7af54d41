using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Gateway.Users;
using Alerts.Settings.Validation;
using Alerts.SharedData.Erasures;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Alerts.Gateway.Admin;

/// <summary><c>PUT /v1/admin/users/{id}</c>: takes over a user, under the id the user had, from a list of users.</summary>
static class ImportApi
{
    static readonly string[] ignored = [.. UserDocument.OwnFields.Except(["status", "createdAt", "snoozedUntil"])];

    public static void MapImport(this RouteGroupBuilder admin) => admin.MapPut("/users/{id}", ImportAsync)
        .WithMetadata(new IgnoredFields(ignored))
        .Named("importUser", "Take over a user of another service, or of here before, under the same id.")
        .ProducesProblem(409);

    static async Task<Results<Ok<ImportResult>, ProblemHttpResult>> ImportAsync(
        string id, JsonBody<UserImport> body, IGrainFactory grains, ErasureLedger erasures, CancellationToken cancellationToken,
            bool dryRun = false)
    {
        if (!UserId.IsValid(id))
            return Problems.NotFound("user");
        if (body.Value is { Status: UserStatus.Snoozed, SnoozedUntil: null })
            return Problems.Invalid(new Dictionary<string, string[]> { ["snoozedUntil"] = ["A snooze has an end."] });
        if (await grains.GetGrain<IUserGrain>(id).GetAsync() is not null)
            return TypedResults.Ok(new ImportResult(id, Added: false));

        if (await erasures.AmongAsync([id], cancellationToken) is not [])
            return Problems.Of(StatusCodes.Status409Conflict, "This user was erased since.");

        var settings = UserSettingsValidator.WithSearchIds(body.Value.Alone());
        var address = grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings.Email));
        var taken = dryRun ? await OwnerAsync(address, grains)
            : await address.ImportAsync(id, settings, body.Value.ToStanding()) is { Created: false } refused ? refused.User
            : null;
        return taken is null
            ? TypedResults.Ok(new ImportResult(id, Added: true))
            : Problems.Of(StatusCodes.Status409Conflict, $"This address has a user already: {taken.Id}.");
    }

    static async Task<UserView?> OwnerAsync(IEmailAddressGrain address, IGrainFactory grains) =>
        await address.FindAsync() is { } other
            && await grains.GetGrain<IUserGrain>(other).GetAsync() is { Status: not UserStatus.Unconfirmed } owner ? owner : null;
}
