using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;

namespace Alerts.Insights;

/// <summary>Settings of insights, section <c>Alerts:Insights</c>.</summary>
public sealed class InsightOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = AlertsOptions.Section + ":Insights";

    /// <summary>Days over which a listing's prices are looked at.</summary>
    [Range(2, 60)]
    public int Days { get; set; } = 14;

    /// <summary>How long what was found out of one search serves all its users. Listings were seen within six hours when they are mailed (eBay API licence).</summary>
    [Range(typeof(TimeSpan), "00:01:00", "03:00:00")]
    public TimeSpan Fresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Least part of its price that a listing must have come down by: 0.01 is 1 %.</summary>
    [Range(0.001, 0.9)]
    public decimal LeastDrop { get; set; } = 0.01m;
}
