using System.Threading.RateLimiting;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Channels;

/// <summary>
/// Keeps a user from sending many messages to a person who did not ask for any. A new channel, a new address and a test send one message
/// each.
/// </summary>
sealed class ChannelLimits(PartitionedRateLimiter<Allowance> buckets, IOptions<RateLimitOptions> limits)
{
    /// <summary>Counts one message.</summary>
    /// <exception cref="InvalidRequestException">429: too many messages.</exception>
    public void Take(string userId)
    {
        if (WaitFor(userId) is { } wait)
            throw new InvalidRequestException(StatusCodes.Status429TooManyRequests,
                "Too many messages to channels; wait as long as Retry-After says.") { RetryAfter = wait };
    }

    /// <summary>The same for a page: the time to wait; null when the message may be sent.</summary>
    public TimeSpan? WaitFor(string userId) =>
        buckets.Take(new Allowance("channels " + userId, limits.Value.ChannelMessagesPerHour, TimeSpan.FromHours(1)));
}
