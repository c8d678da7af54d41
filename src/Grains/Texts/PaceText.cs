using Alerts.Search;

namespace Alerts.Texts;

/// <summary>Says how often eBay is asked, and why not more often. Pure.</summary>
public static class PaceText
{
    /// <summary>A sentence; null when eBay is asked as often as the reader chose.</summary>
    public static string? Of(TextCatalogue texts, SearchPace? pace, TimeSpan chosen) => pace is null || pace.Interval <= chosen
        ? null
        : texts["pace.shared", texts.Count("state.minutes", (int)Math.Ceiling(pace.Interval.TotalMinutes)), pace.Searches,
            pace.CallsPerDay];
}
