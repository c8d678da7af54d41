using System.Net.Http.Headers;

namespace Alerts.Search.Ebay;

static class RetryAfterHeader
{
    /// <summary>How long eBay asks to wait; null when it does not say.</summary>
    public static TimeSpan? RetryAfterAt(this HttpResponseHeaders? headers, DateTimeOffset now) => headers?.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => null,
    };
}
