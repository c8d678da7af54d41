using System.Collections.Immutable;
using System.Net.Http.Json;
using Alerts.Search.Ebay.Answers;
using Microsoft.Extensions.Logging;

namespace Alerts.Search.Ebay;

/// <summary>Asks eBay how many of the day's Browse calls are left (Analytics API, <c>rate_limit</c>).</summary>
public sealed partial class EbayRateLimits(IHttpClientFactory clients, ILogger<EbayRateLimits> logger)
{
    /// <summary>This call does not count against the day's calls.</summary>
    const string Address = "developer/analytics/v1_beta/rate_limit/?api_context=buy&api_name=browse";

    /// <summary>The lowest rate of the Browse API; null when eBay does not say. Then the service relies on its own count.</summary>
    public async Task<EbayRate?> ReadAsync()
    {
        try
        {
            using var http = clients.CreateClient(EbayOptions.Client);
            using var response = await http.GetAsync(new Uri(Address, UriKind.Relative));
            if (response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync(EbayJson.Default.EbayRateLimitPage) is { RateLimits: { } limits })
            {
                return limits
                    .SelectMany(limit => limit.Resources ?? [])
                    .Where(resource => resource.Name == "buy.browse")
                    .SelectMany(resource => resource.Rates ?? [])
                    .MinBy(rate => rate.Remaining);
            }

            LogUnread(null, (int)response.StatusCode);
        }
        catch (Exception fault)
        {
            LogUnread(fault, null);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "eBay's rate limits could not be read ({Status}); the service goes on with its own count")]
    partial void LogUnread(Exception? fault, int? status);
}

/// <summary>The response of <c>rate_limit</c>, with only the fields in use.</summary>
public sealed record EbayRateLimitPage(ImmutableArray<EbayRateLimit>? RateLimits);

public sealed record EbayRateLimit(string? ApiName, ImmutableArray<EbayRateResource>? Resources);

public sealed record EbayRateResource(string? Name, ImmutableArray<EbayRate>? Rates);

/// <summary>The calls in a time window.</summary>
public sealed record EbayRate(int Limit, int Remaining, DateTimeOffset? Reset);
