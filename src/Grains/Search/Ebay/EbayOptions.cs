using System.ComponentModel.DataAnnotations;
using Alerts.Search.Ebay.Answers;

namespace Alerts.Search.Ebay;

/// <summary>How eBay is reached, section <c>Alerts:Ebay</c>.</summary>
public sealed class EbayOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Ebay";

    internal const string Client = "ebay";

    internal const string TokenClient = "ebay-token";

    /// <summary>Base address of eBay's REST APIs: production. The sandbox is <c>https://api.sandbox.ebay.com</c>.</summary>
    [Required, Url]
    public string BaseUrl { get; set; } = "https://api.ebay.com";

    /// <summary>Client id of the eBay key set (developer.ebay.com, Application Keys).</summary>
    [Required(ErrorMessage = "is needed: the client id of your eBay key set.")]
    public string ClientId { get; set; } = "";

    /// <summary>Client secret of the eBay key set.</summary>
    [Required(ErrorMessage = "is needed: the client secret of your eBay key set.")]
    public string ClientSecret { get; set; } = "";

    /// <summary>Browse calls a day, counted from midnight Pacific. 5,000 is what eBay gives a new key set.</summary>
    [Range(1, 100_000_000)]
    public int DailyCallBudget { get; set; } = 5_000;

    /// <summary>Campaign id of the eBay Partner Network, digits; without it links are not affiliate links.</summary>
    [RegularExpression("[0-9]{0,20}")]
    public string? AffiliateCampaignId { get; set; }

    /// <summary>
    /// Hosts to which listings may link and whose pictures may be shown, including hosts below them, in addition to eBay's own and that of
    /// <see cref="BaseUrl"/>. A listing with another link gets the page of its number at ebay.com instead. Other pictures are left out.
    /// </summary>
    public IList<string> LinkHosts { get; } = [];

    /// <summary>Listings asked for per search, 1 to 200 (Browse API, <c>limit</c>).</summary>
    [Range(1, 200)]
    public int PageSize { get; set; } = 100;

    /// <summary>
    /// Memory for the snapshots that a silo keeps for its users, in MB; those unused for the longest time are removed first.
    /// </summary>
    [Range(1, 100_000)]
    public int SnapshotMegabytes { get; set; } = 64;

    /// <summary>Time for one search with its retries; less than the 30 seconds that Orleans allows for a call.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:25")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for one attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:25")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Attempts after the first on 429, 5xx, a timeout or a broken connection. Each costs a call of the budget.</summary>
    [Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>A <c>Retry-After</c> longer than this fails the search at once instead of waiting.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(5);
}
