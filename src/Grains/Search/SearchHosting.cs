using System.Net;
using Alerts.Configuration;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Alerts.Search.Quota;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Polly;

namespace Alerts.Search;

public static class SearchHosting
{
    /// <summary>Size limit of an answer in bytes; eBay's largest page has less than one million.</summary>
    const int MaxAnswer = 16 << 20;

    /// <summary>Adds the eBay client: token, timeouts and bounded retries with jitter.</summary>
    public static IServiceCollection AddAlertsSearch(this IServiceCollection services)
    {
        services.AddSettings<EbayOptions>(EbayOptions.Section);
        services.AddSingleton<EbaySearch>().AddSingleton<BadRows>().AddSingleton<EbayTokenCache>().AddTransient<EbayAuthorizationHandler>();
        services.AddSingleton<AnswerCache>().AddSingleton<CallBudget>().AddSingleton<SearchMetrics>().AddSingleton<EbayRateLimits>()
            .AddTransient<QuotaHandler>();

        services.AddKeyedSingleton<IControllable>(CallBudget.ProviderName, (provider, _) => provider.GetRequiredService<CallBudget>());
        services.AddMetrics();
        services.AddSingleton<IExamination, EbayExamination>();

        services.AddHttpClient(EbayOptions.TokenClient, PointAtEbay).AddResilienceHandler(EbayOptions.TokenClient, AddResilience);
        var api = services.AddHttpClient(EbayOptions.Client, PointAtEbay);
        api.AddResilienceHandler(EbayOptions.Client, AddResilience);
        api.AddHttpMessageHandler<EbayAuthorizationHandler>();
        api.AddHttpMessageHandler<QuotaHandler>(); // innermost: every attempt costs a call
        return services;
    }

    static void PointAtEbay(IServiceProvider services, HttpClient client)
    {
        client.BaseAddress = new Uri(services.GetRequiredService<IOptions<EbayOptions>>().Value.BaseUrl.TrimEnd('/') + '/');
        client.MaxResponseContentBufferSize = MaxAnswer;
        client.Timeout = Timeout.InfiniteTimeSpan; // the resilience handler has the timeouts
    }

    static void AddResilience(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<EbayOptions>>().Value;
        pipeline.AddTimeout(options.Timeout);
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(300),
                MaxDelay = options.LongestRetryAfter,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnotherTry(attempt.Outcome, options)),
            });
        }

        pipeline.AddTimeout(options.AttemptTimeout);
    }

    static bool IsWorthAnotherTry(Outcome<HttpResponseMessage> outcome, EbayOptions options) =>
        HttpClientResiliencePredicates.IsTransient(outcome)
        && !(outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable,
            Headers.RetryAfter: { } retryAfter }
            && !(retryAfter.Delta <= options.LongestRetryAfter));
}
