using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Alerts.Channels.Http;
using Alerts.Configuration;
using Alerts.Outbox;
using Alerts.Search;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;

namespace Alerts.Channels.WebPush;

/// <summary>
/// Notifications of a browser, by its push service (RFC 8030): encrypted for that browser alone (RFC 8291), and signed with the key that
/// the browser was given when it subscribed (RFC 8292).
/// </summary>
sealed class WebPushChannel(ChannelHttp http, IOptions<ChannelOptions> options, IOptions<AlertsOptions> alerts) : INotificationChannel
{
    const int AuthBytes = 16;
    const int TopicBytes = 24;

    /// <summary>How long a push service keeps a question or a sample for a browser that is away.</summary>
    static readonly TimeSpan keptFor = TimeSpan.FromDays(1);

    public ChannelKind Kind => ChannelKind.WebPush;

    public ChannelFields Fields => ChannelFields.Url | ChannelFields.Keys;

    public void Check(ChannelSettings settings, FieldErrors errors)
    {
        errors.Require(options.Value.WebPushKey is not null, "kind", "This service has no key for Web Push.");
        errors.Require((settings.Url is null) == (settings.Keys is null), "keys", "A subscription is its endpoint (url) and its keys.");
        if (settings.Keys is not { } keys)
            return;
        errors.Require(WebPushKey.IsPublic(keys.P256dh), "keys.p256dh", "A browser's key is base64url of a point of P-256, 65 bytes.");
        errors.Require(
            WebPushKey.Decoded(keys.Auth) is { Length: AuthBytes }, "keys.auth", $"A browser's secret is base64url of {AuthBytes} bytes.");
    }

    public async Task<DeliveryResult> SendAsync(
        ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        if (options.Value.WebPushKey is not { } key)
            return new DeliveryResult.Deferred("This service has no key for Web Push.", DeferralCause.Sender);
        using var authentication = new VapidAuthentication(WebPushKey.PublicOf(key), key) { Subject = Contact };
        using var handover = new Handover((request, giveUp) => http.SendAsync(request, isWanted, Meaning, giveUp));
        using var client = new HttpClient(handover) { Timeout = Timeout.InfiniteTimeSpan };
        await new PushServiceClient(client).RequestPushMessageDeliveryAsync(
            new PushSubscription
            {
                Endpoint = target.Url,
                Keys = new Dictionary<string, string> { ["p256dh"] = target.Keys!.P256dh, ["auth"] = target.Keys.Auth },
            },
            new PushMessage(WebPushDocument.Of(message)) { TimeToLive = (int)KeptFor(message).TotalSeconds, Topic = TopicOf(message) },
            authentication,
            cancellationToken);
        return handover.Result!;
    }

    /// <summary>Whom a push service turns to; it must be https.</summary>
    string? Contact => alerts.Value.PublicUrl.StartsWith("https://", StringComparison.Ordinal) ? alerts.Value.PublicUrl : null;

    static DeliveryResult Meaning(ChannelAnswer answer) => answer.Status switch
    {
        HttpStatusCode.RequestEntityTooLarge => new DeliveryResult.Deferred(answer.Reason, DeferralCause.Compose),
        _ => answer.ToResult(isGone: answer.Status is HttpStatusCode.NotFound),
    };

    /// <summary>A browser that was away is not shown what is no longer current.</summary>
    static TimeSpan KeptFor(ChannelMessage message)
    {
        if (message.Notification.Sections is not { IsEmpty: false } sections)
            return keptFor;
        var rest = sections.Min(section => section.FetchedAt) + Freshness.ShownFor - message.At;
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    /// <summary>
    /// Of two messages of one topic the push service keeps the later: an attempt again takes the place of the one before.
    /// </summary>
    static string TopicOf(ChannelMessage message) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)).AsSpan(0, TopicBytes));
}
