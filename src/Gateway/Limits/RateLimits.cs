using System.Threading.RateLimiting;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Limits;

/// <summary>
/// Rate limits for each API key, each user, and each network address of other callers. The framework's middleware is not used: when one of
/// its two limits refuses, it asks both a second time, and takes a second token from the other.
/// </summary>
static class RateLimits
{
    public static IServiceCollection AddAlertsRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MailLimits>();
        return services.AddSingleton(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            return PartitionedRateLimiter.Create<Allowance, string>(
                allowance => RateLimitPartition.Get(allowance.Key, _ => new TokenBucket(allowance.Limit, allowance.Period, clock)));
        });
    }

    public static void UseAlertsRateLimits(this WebApplication app)
    {
        var buckets = app.Services.GetRequiredService<PartitionedRateLimiter<Allowance>>();
        var options = app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        app.Use(async (context, next) =>
        {
            foreach (var allowance in AllowancesOf(context, options))
            {
                if (buckets.Take(allowance) is { } wait)
                {
                    await Problems.WriteTooManyAsync(context, wait);
                    return;
                }
            }

            await next(context);
        });
    }

    /// <summary>Counts an action. Returns the time to wait when it was done too often, otherwise null.</summary>
    public static TimeSpan? Take(this PartitionedRateLimiter<Allowance> buckets, Allowance allowance)
    {
        using var lease = buckets.AttemptAcquire(allowance);
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
    }

    static IEnumerable<Allowance> AllowancesOf(HttpContext context, RateLimitOptions options)
    {
        var limitedTo = context.GetEndpoint()?.Metadata.GetMetadata<LimitedTo>();
        if (limitedTo == LimitedTo.Nothing)
            yield break;
        if (limitedTo == LimitedTo.Probes)
        {
            yield return new Allowance("probes "
                + context.NetworkOf(Callers.NetworkBits), options.ProbesPerMinute, TimeSpan.FromMinutes(1));
            yield break;
        }

        var caller = context.CallerOf();
        var isAdministrator = context.User.IsAdministrator();
        yield return new Allowance(
            "requests " + caller,
            isAdministrator ? options.KeyPerMinute : context.User.OwnUserId() is null ? options.AnonymousPerMinute : options.UserPerMinute,
            TimeSpan.FromMinutes(1));
        if (limitedTo == LimitedTo.Searches)
            yield return new Allowance("searches " + caller, options.SearchesPerMinute, TimeSpan.FromMinutes(1));
        else if (limitedTo == LimitedTo.Enrolments && !isAdministrator)
        {
            yield return new Allowance("enrolments "
                + context.NetworkOf(Callers.NetworkBits), options.EnrolmentsPerHour, TimeSpan.FromHours(1));
            if (context.IsIPv6())
                yield return new Allowance("site "
                    + context.NetworkOf(Callers.SiteBits), options.EnrolmentsPerSiteHour, TimeSpan.FromHours(1));
        }
    }
}
