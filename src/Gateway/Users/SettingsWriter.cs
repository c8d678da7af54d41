using Alerts.Gateway.Errors;
using Alerts.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Users;

/// <summary>The one way the API changes a user's settings: read, change, check, replace that very version.</summary>
sealed class SettingsWriter(IGrainFactory grains, IOptions<GatewayOptions> options)
{
    /// <summary>How often a change without If-Match is made anew because another came first.</summary>
    const int MaximumAttempts = 10;

    /// <summary>Changes a user's settings. The result is the user as it is then.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="request">Its If-Match is honoured.</param>
    /// <param name="change">From the current settings to the next; called again when others changed them meanwhile.</param>
    /// <exception cref="InvalidRequestException">404, 412, 409 for an address that is another user's, or 400 for settings that break a rule.</exception>
    public async Task<UserView> ChangeAsync(string userId, HttpRequest request, Func<UserSettings, UserSettings> change)
    {
        var condition = IfMatch.Of(request);
        for (var attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            var user = UserId.IsValid(userId) ? await grains.GetGrain<IUserGrain>(userId).GetAsync() : null;
            if (user is null)
                throw new InvalidRequestException(StatusCodes.Status404NotFound, "There is no such user.");
            if (!condition.Holds(user))
                throw ChangedMeanwhile();
            var settings = change(user.Settings);
            JsonRequest.ThrowIfAny(UserSettingsValidator.Validate(settings, options.Value.MaxSearches));
            var result = await ReplaceAsync(user, UserSettingsValidator.WithSearchIds(settings));
            switch (result.Outcome)
            {
                case ReplaceOutcome.Replaced:
                    return result.User!;
                case ReplaceOutcome.AddressTaken:
                    throw new InvalidRequestException(StatusCodes.Status409Conflict, "This address cannot be used.");
                case ReplaceOutcome.VersionConflict when condition.IsGiven:
                    throw ChangedMeanwhile();
            }
        }

        throw new InvalidRequestException(StatusCodes.Status409Conflict, "The settings are being changed by others all the time; try again.");
    }

    Task<ReplaceResult> ReplaceAsync(UserView user, UserSettings settings)
    {
        var address = EmailAddressKey.Of(settings.Email);
        return address == EmailAddressKey.Of(user.Settings.Email)
            ? grains.GetGrain<IUserGrain>(user.Id).ReplaceSettingsAsync(settings, user.Version)
            : grains.GetGrain<IEmailAddressGrain>(address).MoveAsync(user.Id, settings, user.Version);
    }

    static InvalidRequestException ChangedMeanwhile() =>
        new(StatusCodes.Status412PreconditionFailed, "The settings are of another version than If-Match names; read them again.");
}
