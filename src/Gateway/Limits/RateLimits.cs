using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Limits;

/// <summary>Rate limits per API key, per user, and per network address for everybody else.</summary>
static class RateLimits
{
    /// <summary>Policy of enrolments.</summary>
    public const string Enrolments = "Enrolments";

    /// <summary>Policy of what may call eBay.</summary>
    public const string Searches = "Searches";

    const int RefillsPerPeriod = 60;

    public static IServiceCollection AddAlertsRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) => RejectAsync(context.HttpContext, context.Lease);
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
            limiter.AddPolicy(Enrolments, context => context.User.IsAdministrator()
                ? RateLimitPartition.GetNoLimiter("")
                : Bucket("enrolments " + AddressOf(context), Options(context).EnrolmentsPerHour, TimeSpan.FromHours(1)));
            limiter.AddPolicy(Searches, context => Bucket("searches " + CallerOf(context), Options(context).SearchesPerMinute, TimeSpan.FromMinutes(1)));
        });
    }

    static RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/health"))
            return RateLimitPartition.GetNoLimiter("health");
        var options = Options(context);
        var limit = context.User.IsAdministrator() ? options.KeyPerMinute : context.User.OwnUserId() is null ? options.AnonymousPerMinute : options.UserPerMinute;
        return Bucket(CallerOf(context), limit, TimeSpan.FromMinutes(1));
    }

    /// <summary>The key or user, or the network address of who gives neither.</summary>
    static string CallerOf(HttpContext context) => context.User.FindFirstValue(AccessClaims.Subject) ?? AddressOf(context);

    /// <summary>An IPv6 caller has a whole /64 to choose addresses from.</summary>
    static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? new IPNetwork(Prefix(address), 64).ToString() : address.ToString();
    }

    static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    static RateLimitPartition<string> Bucket(string key, int limit, TimeSpan period) => RateLimitPartition.GetTokenBucketLimiter(key, _ =>
    {
        var refills = Math.Min(limit, RefillsPerPeriod);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit,
            TokensPerPeriod = limit / refills,
            ReplenishmentPeriod = period / refills,
            QueueLimit = 0,
        };
    });

    static RateLimitOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value;

    static async ValueTask RejectAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await Problems.Of(StatusCodes.Status429TooManyRequests, "Too many requests; wait as long as Retry-After says.").ExecuteAsync(context);
    }
}
