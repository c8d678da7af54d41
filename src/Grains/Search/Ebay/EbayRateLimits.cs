using System.Collections.Immutable;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Alerts.Search.Ebay;

/// <summary>What eBay says is left of the day's Browse calls (Analytics API, <c>rate_limit</c>).</summary>
public sealed partial class EbayRateLimits(IHttpClientFactory clients, ILogger<EbayRateLimits> logger)
{
    /// <summary>Costs none of the day's calls.</summary>
    const string Address = "developer/analytics/v1_beta/rate_limit/?api_context=buy&api_name=browse";

    /// <summary>The lowest of the Browse API's rates; null when eBay does not say, which is no reason to stop: the own ledger counts on.</summary>
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "eBay's rate limits could not be read ({Status}); the own count goes on")]
    partial void LogUnread(Exception? fault, int? status);
}

/// <summary>The response of <c>rate_limit</c>, with the fields that are used.</summary>
public sealed record EbayRateLimitPage(ImmutableArray<EbayRateLimit>? RateLimits);

/// <summary>One API.</summary>
public sealed record EbayRateLimit(string? ApiName, ImmutableArray<EbayRateResource>? Resources);

/// <summary>One resource of an API.</summary>
public sealed record EbayRateResource(string? Name, ImmutableArray<EbayRate>? Rates);

/// <summary>The calls of a time window.</summary>
public sealed record EbayRate(int Limit, int Remaining, DateTimeOffset? Reset);
