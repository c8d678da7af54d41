using System.Globalization;
using Alerts.Demo.Faults;

namespace Alerts.Demo.Marketplace;

/// <summary>GET /developer/analytics/v1_beta/rate_limit/.</summary>
sealed class RateLimitEndpoint(AccessTokens tokens, DailyQuota quota, FaultGate faults)
{
    const string Bearer = "Bearer ";

    public AwaitableCounter Calls { get; } = new();

    public async Task HandleAsync(HttpContext context)
    {
        Calls.Increment();
        if (await faults.PassAsync(MarketplaceEndpoint.RateLimit, null, context.RequestAborted) is { } fault)
            await FaultGate.ActAsync(context, fault, Limits());
        else
            await AnswerAsync(context);
    }

    ValueTask AnswerAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Answers.ErrorAsync(context, StatusCodes.Status401Unauthorized, BrowseError.MissingToken);
        if (!tokens.IsValid(header[Bearer.Length..]))
            return Answers.ErrorAsync(context, StatusCodes.Status401Unauthorized, BrowseError.InvalidToken);
        if (!IsAskedFor(context.Request.Query["api_context"], "buy") || !IsAskedFor(context.Request.Query["api_name"], "browse"))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return ValueTask.CompletedTask;
        }
        return Answers.JsonAsync(context, Limits());
    }

    /// <summary>Without the parameter eBay tells of all.</summary>
    static bool IsAskedFor(string? parameter, string name) => parameter is null || parameter.Equals(name, StringComparison.OrdinalIgnoreCase);

    byte[] Limits() => BrowseJson.Write(json =>
    {
        var (remaining, reset) = quota.Read();
        json.WriteStartObject();
        json.WriteStartArray("rateLimits");
        json.WriteStartObject();
        json.WriteString("apiContext", "buy");
        json.WriteString("apiName", "browse");
        json.WriteString("apiVersion", "v1");
        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("name", "buy.browse");
        json.WriteStartArray("rates");
        json.WriteStartObject();
        json.WriteNumber("count", quota.Limit - remaining);
        json.WriteNumber("limit", quota.Limit);
        json.WriteNumber("remaining", remaining);
        json.WriteString("reset", reset.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteNumber("timeWindow", 86_400);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
