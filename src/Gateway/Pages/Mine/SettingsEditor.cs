using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>Changes one user's searches as a page asks for it: what others changed meanwhile in other places stays.</summary>
sealed class SettingsEditor(IGrainFactory grains, IOptions<GatewayOptions> options)
{
    /// <summary>How often a change is made anew because others came first.</summary>
    const int MaxAttempts = 10;

    /// <summary>Changes a search. False when it is gone, or the change breaks a rule.</summary>
    public Task<bool> ChangeSearchAsync(string userId, string searchId, Func<SearchSettings, SearchSettings> change) => ChangeAsync(userId, settings =>
        settings.Searches.FirstOrDefault(search => search.Id == searchId) is { } found
            ? settings with { Searches = settings.Searches.Replace(found, change(found)) }
            : null);

    /// <summary>Changes the settings. False when there is nothing to change, or the change breaks a rule.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="change">From the current settings to the next; null: nothing to change. Called again when others changed them meanwhile.</param>
    public async Task<bool> ChangeAsync(string userId, Func<UserSettings, UserSettings?> change)
    {
        var user = grains.GetGrain<IUserGrain>(userId);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await user.GetAsync() is not { } current || change(current.Settings) is not { } changed)
                return false;
            var next = UserSettingsValidator.WithSearchIds(changed);
            if (UserSettingsValidator.Validate(next, options.Value.MaxSearches).Count > 0)
                return false;
            var result = await user.ReplaceSettingsAsync(next, current.Version);
            if (result.Outcome is not ReplaceOutcome.VersionConflict)
                return result.Outcome is ReplaceOutcome.Replaced;
        }

        return false;
    }
}
