using Alerts.Settings;

namespace Alerts.Search;

/// <summary>Tries searches before they are saved; any key.</summary>
[Alias("Alerts.IPreviewGrain")]
public interface IPreviewGrain : IGrainWithIntegerKey
{
    /// <summary>What the search would find and what the first mail about it would say. Costs a call to eBay unless somebody asked the same in this window, and may wait for it with all its retries.</summary>
    [Alias("PreviewAsync"), ResponseTimeout("00:00:30")]
    Task<SearchPreview> PreviewAsync(UserSettings settings);

    /// <summary>How often a user's searches would be asked, and why not as often as chosen, in words; null when it is as often, and
    /// where no search of this silo asked lately. Asks nobody.</summary>
    [Alias("PaceAsync"), ResponseTimeout("00:00:05")]
    Task<string?> PaceAsync(int searches, int frequencyMinutes, string language);
}
