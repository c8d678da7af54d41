using System.Threading.RateLimiting;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Users;

/// <summary>The only way in which the API changes a user's settings: read, change, check, replace exactly that version.</summary>
sealed class SettingsWriter(
    IGrainFactory grains, IOptions<GatewayOptions> options, IOptions<AlertsOptions> alerts, IOptions<RateLimitOptions> limits,
        PartitionedRateLimiter<Allowance> buckets,
    MailLimits mailLimits)
{
    /// <summary>How often a change without If-Match is tried again because another one came first.</summary>
    const int MaxAttempts = 10;

    /// <summary>Changes a user's settings. Returns the user after the change.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="request">The request; its If-Match is respected.</param>
    /// <param name="change">
    /// Returns the next settings for the current ones. Called again when others changed the settings meanwhile.
    /// </param>
    /// <param name="staysHere">True when the change asks to stay at the present address: then a waiting move is cancelled.</param>
    /// <exception cref="InvalidRequestException">404, 412, 409 (another user's address), 429, or 400 (broken rules).</exception>
    public async Task<UserView> ChangeAsync(string userId, HttpRequest request, Func<UserSettings, UserSettings> change,
        bool staysHere = false)
    {
        var condition = IfMatch.Of(request);
        AddressOwner? owner = null;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var user = UserId.IsValid(userId) ? await grains.GetGrain<IUserGrain>(userId).GetAsync() : null;
            if (user is null)
                throw new InvalidRequestException(StatusCodes.Status404NotFound, "There is no such user.");
            if (!condition.Holds(user))
                throw ChangedMeanwhile();
            var settings = UserSettingsValidator.WithSearchIds(Checked(change(user.Settings)));
            var isMove = EmailAddressKey.Of(settings.Email) != EmailAddressKey.Of(user.Settings.Email);
            if (isMove)
                owner ??= await AskAsync(user.Id, settings.Email, request.HttpContext);
            var result = await (isMove ? MoveAsync(user, settings, owner!)
                : User(user).ReplaceSettingsAsync(settings, user.Version, staysHere ? new AddressRequest(null) : null));
            switch (result.Outcome)
            {
                case ReplaceOutcome.Replaced:
                    return result.User!;
                case ReplaceOutcome.AddressTaken:
                    throw AddressTaken();
                case ReplaceOutcome.VersionConflict when condition.IsGiven:
                    throw ChangedMeanwhile();
            }
        }

        throw new InvalidRequestException(StatusCodes.Status409Conflict,
            "The settings are being changed by others all the time; try again.");
    }

    UserSettings Checked(UserSettings settings)
    {
        JsonRequest.ThrowIfAny(UserSettingsValidator.Validate(settings, options.Value.MaxSearches));
        return settings;
    }

    /// <summary>The owner of the address to which a user moves. Only an administrator may learn that there is one.</summary>
    async Task<AddressOwner> AskAsync(string userId, string email, HttpContext context)
    {
        var isAdministrator = context.User.IsAdministrator();
        if (!isAdministrator
            && buckets.Take(new Allowance("moves " + userId, limits.Value.AddressChangesPerDay, TimeSpan.FromDays(1))) is { } wait)
            throw new InvalidRequestException(StatusCodes.Status429TooManyRequests,
                "Too many changes of the address; wait as long as Retry-After says.") { RetryAfter = wait };
        mailLimits.Take(email, context);
        var owner = await Address(email).AskAsync();
        return owner.UserId is null || !isAdministrator ? owner : throw AddressTaken();
    }

    /// <summary>
    /// With confirmation, the new address waits for it, and the caller cannot see whether the address has an owner: the owner gets a mail
    /// in both cases, a question or a link to their own alerts. Without confirmation, the move is made at once.
    /// </summary>
    async Task<ReplaceResult> MoveAsync(UserView user, UserSettings settings, AddressOwner owner)
    {
        if (alerts.Value.Confirmation is ConfirmationMode.Off)
            return await Address(settings.Email).MoveAsync(user.Id, settings, user.Version);
        var result = await User(user)
            .ReplaceSettingsAsync(settings with { Email = user.Settings.Email }, user.Version,
                new AddressRequest(settings.Email, owner.MayMail));
        if (owner.UserId is { } id && result.Outcome is ReplaceOutcome.Replaced)
            await grains.GetGrain<IUserGrain>(id).RemindOwnerAsync();
        return result;
    }

    IUserGrain User(UserView user) => grains.GetGrain<IUserGrain>(user.Id);

    IEmailAddressGrain Address(string email) => grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email));

    static InvalidRequestException ChangedMeanwhile() =>
        new(StatusCodes.Status412PreconditionFailed, "The settings are of another version than If-Match names; read them again.");

    static InvalidRequestException AddressTaken() => new(StatusCodes.Status409Conflict, "This address has a user already.");
}
