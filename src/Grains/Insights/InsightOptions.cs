using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;

namespace Alerts.Insights;

/// <summary>Settings of insights, section <c>Alerts:Insights</c>.</summary>
public sealed class InsightOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = AlertsOptions.Section + ":Insights";

    /// <summary>Number of days over which a listing's prices are compared.</summary>
    [Range(2, 60)]
    public int Days { get; set; } = 14;

    /// <summary>
    /// How long the insight of one search is reused for all its users. When mailed, listings were seen within six hours (eBay API licence).
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "03:00:00")]
    public TimeSpan Fresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The smallest drop that counts, as a fraction of the price: 0.01 is 1 %.</summary>
    [Range(0.001, 0.9)]
    public decimal LeastDrop { get; set; } = 0.01m;
}
