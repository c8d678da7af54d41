using System.Net;

namespace Alerts.Demo.Marketplace;

/// <summary>What a marketplace listens on, sells, and how often its world moves.</summary>
public sealed record MarketplaceOptions
{
    /// <summary>Searches a day that eBay grants a new application.</summary>
    public const int EbayDailyCalls = 5_000;

    /// <summary>Port on 127.0.0.1; 0 (default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on; null (default): 127.0.0.1. Another one is for a container, whose network is its own.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The setting that moves <see cref="Port"/>, named when the port is taken.</summary>
    public string PortSetting { get; init; } = "Demo__MarketplacePort";

    /// <summary>The generated world: the same seed has the same listings and prices at the same time.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A folder of captured Browse responses (*.json), each served whole for the phrase in its <c>href</c>; null (default): none.</summary>
    public string? SamplesDirectory { get; init; }

    /// <summary>How long the generated world stands still: then some prices move, listings appear and end. Default two minutes.</summary>
    public TimeSpan PriceChangePeriod { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How many times faster than at eBay the generated world moves, over 0 to 480. 1 is eBay's own pace for a busy phrase: a listing is on
    /// sale for 30 days in the mean, and its price moves once a week, by 2 % down in the mean. Default 480, at which minutes have news.
    /// </summary>
    public double Pace { get; init; } = 480;

    /// <summary>
    /// How long after its creation a listing shows up in searches at most. Default 15 minutes, the least. With more, most listings still
    /// show after 10 to 15 minutes, some after up to two hours and some as late as this, so that newer ones are seen before older ones.
    /// </summary>
    public TimeSpan MaxIndexDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Generated listings of one phrase before any filter, 0 to 20,000. Default 60.</summary>
    public int ListingsPerQuery { get; init; } = 60;

    /// <summary>How long an access token lives. Default 7,200 seconds, as eBay's.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromSeconds(7_200);

    /// <summary>The application's name that the token endpoint lets in.</summary>
    public string ClientId { get; init; } = "demo-client";

    /// <summary>The application's secret that the token endpoint lets in.</summary>
    public string ClientSecret { get; init; } = "demo-secret";

    /// <summary>Searches a day, counted from midnight Pacific; the next gets 429. Default <see cref="EbayDailyCalls"/>.</summary>
    public int DailyCallLimit { get; init; } = EbayDailyCalls;

    /// <summary>Memory for answers kept until the world moves; when full all are dropped and made anew. Default 128 MiB.</summary>
    public long CacheBytes { get; init; } = 128L * 1024 * 1024;
}
