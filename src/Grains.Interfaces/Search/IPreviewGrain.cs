using Alerts.Settings;

namespace Alerts.Search;

/// <summary>Tries searches before they are saved; any key.</summary>
[Alias("Alerts.IPreviewGrain")]
public interface IPreviewGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// What the search would find, and what its first mail would say. Costs a call to eBay unless another user of the query asked in this
    /// window. May wait for that call and its retries.
    /// </summary>
    [Alias("PreviewAsync"), ResponseTimeout("00:00:30")]
    Task<SearchPreview> PreviewAsync(UserSettings settings);

    /// <summary>
    /// How often eBay would be asked for a user's searches, and why not as often as chosen, in words. Null when it is as often, or when no
    /// search of this silo asked recently. Makes no call.
    /// </summary>
    [Alias("PaceAsync"), ResponseTimeout("00:00:05")]
    Task<string?> PaceAsync(int searches, int frequencyMinutes, string language);
}
