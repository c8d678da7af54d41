using System.Net;
using Alerts.Outbox;

namespace Alerts.Channels.Http;

/// <summary>A host's answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The first 64 KB of the answer.</param>
/// <param name="RetryAfter">How long the host asks to wait; null when it does not say.</param>
sealed record ChannelAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
{
    const int MaxQuoted = 120;

    /// <summary>
    /// The result. A status of success means accepted, 410 means that the channel is gone, and any other answer means another attempt.
    /// </summary>
    /// <param name="isGone">Whether the answer says in the host's own way that the channel is gone.</param>
    public DeliveryResult ToResult(bool isGone = false) => (int)Status switch
    {
        >= 200 and < 300 => new DeliveryResult.Accepted(),
        410 => new DeliveryResult.Refused(Reason, AddressIsDead: true),
        _ when isGone => new DeliveryResult.Refused(Reason, AddressIsDead: true),
        >= 300 and < 400 => new DeliveryResult.Deferred($"{(int)Status}: redirects are not followed."),
        _ => new DeliveryResult.Deferred(Reason, RetryAfter: RetryAfter),
    };

    /// <summary>The status and the first words of the answer.</summary>
    public string Reason => ShownText.Clean($"{(int)Status} {Body}".Trim(), MaxQuoted);
}
