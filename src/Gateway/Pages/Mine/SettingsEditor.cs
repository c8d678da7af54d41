using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>Changes one user's searches for a page. Changes that others made meanwhile stay.</summary>
sealed class SettingsEditor(IGrainFactory grains, IOptions<GatewayOptions> options)
{
    /// <summary>How often a change is tried again because the settings changed meanwhile.</summary>
    const int MaxAttempts = 10;

    /// <summary>Changes a search. False when it is gone, or when the change breaks a rule.</summary>
    public Task<bool> ChangeSearchAsync(string userId, string searchId, Func<SearchSettings, SearchSettings> change) =>
        ChangeAsync(userId, settings =>
        settings.Searches.FirstOrDefault(search => search.Id == searchId) is { } found
            ? settings with { Searches = settings.Searches.Replace(found, change(found)) }
            : null);

    /// <summary>Changes the settings. False when there is nothing to change, or when the change breaks a rule.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="change">
    /// Returns the next settings for the current ones; null for no change. Called again when others changed the settings meanwhile.
    /// </param>
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
