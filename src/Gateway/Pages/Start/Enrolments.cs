using System.Threading.RateLimiting;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Start;

/// <summary>Enrols a person, or adds a search, from the start page.</summary>
sealed class Enrolments(
    IGrainFactory grains, IOptions<AlertsOptions> alerts, IOptions<GatewayOptions> gateway, IOptions<RateLimitOptions> limits,
    PartitionedRateLimiter<Allowance> buckets, MailLimits mailLimits, Sessions sessions)
{
    /// <summary>How often a search is added again because the settings changed meanwhile.</summary>
    const int MaxAttempts = 10;

    /// <summary>The result of an enrolment.</summary>
    public enum Outcome
    {
        /// <summary>A mail says how to continue; the same for a known and an unknown address.</summary>
        MailSent,

        /// <summary>The person is signed in.</summary>
        SignedIn,

        /// <summary>Too many enrolments from this network.</summary>
        TooMany,
    }

    /// <summary>Enrols a stranger.</summary>
    public async Task<Outcome> EnrolAsync(UserSettings settings, HttpContext context)
    {
        if (buckets.Take(new Allowance("enrolments " + context.NetworkOf(Callers.NetworkBits), limits.Value.EnrolmentsPerHour,
            TimeSpan.FromHours(1))) is not null)
            return Outcome.TooMany;
        if (mailLimits.WaitFor(settings.Email, context) is not null)
            return Outcome.TooMany;
        var id = UserId.New();
        var result = await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings.Email))
            .EnrolAsync(id, UserSettingsValidator.WithSearchIds(UserSettingsValidator.ForEnrolment(settings)));
        if (!result.Created)
            await grains.GetGrain<IUserGrain>(result.User.Id).RemindOwnerAsync();
        // Without confirmation, a person who gives a new address is its owner.
        return result.Created && alerts.Value.Confirmation is ConfirmationMode.Off
            && await sessions.OpenAsync(context, id, "enrolment") is not null
            ? Outcome.SignedIn
            : Outcome.MailSent;
    }

    /// <summary>Adds a search to a user's own; false when there is no room for it.</summary>
    public async Task<bool> AddAsync(UserView user, SearchSettings search)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var settings = UserSettingsValidator.WithSearchIds(user.Settings with { Searches = user.Settings.Searches.Add(search) });
            if (UserSettingsValidator.Validate(settings, gateway.Value.MaxSearches).Count > 0)
                return false;
            var result = await grains.GetGrain<IUserGrain>(user.Id).ReplaceSettingsAsync(settings, user.Version);
            if (result.Outcome is not ReplaceOutcome.VersionConflict)
                return result.Outcome is ReplaceOutcome.Replaced;
            user = result.User!;
        }

        return false;
    }
}
