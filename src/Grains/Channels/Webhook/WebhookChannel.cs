using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Alerts.Channels.Http;
using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;
using StandardWebhooks;

namespace Alerts.Channels.Webhook;

/// <summary>
/// Posts a JSON document to an address of the user, as the Standard Webhooks specification says. The <c>webhook-id</c> is the same at each
/// attempt, so that a receiver recognizes repeated messages.
/// </summary>
sealed class WebhookChannel(ChannelHttp http, TimeProvider clock) : INotificationChannel
{
    public ChannelKind Kind => ChannelKind.Webhook;

    public ChannelFields Fields => ChannelFields.Url | ChannelFields.Secret;

    public void Check(ChannelSettings settings, FieldErrors errors) => errors.Require(
        settings.Secret is null || WebhookSecret.IsValid(settings.Secret), "secret", "A secret is whsec_ and base64 of 24 to 64 bytes.");

    /// <summary>Another secret begins a rotation; who has none gets one.</summary>
    public ChannelTarget TargetOf(ChannelSettings settings, ChannelTarget? before, DateTimeOffset now)
    {
        var target = ChannelTarget.Of(settings, before);
        return before?.Secret is { } old && old != target.Secret
            ? target with { PreviousSecret = old, PreviousUntil = now + WebhookSecret.Rotation }
            : target with { Secret = target.Secret ?? WebhookSecret.New() };
    }

    public Task<DeliveryResult> SendAsync(
        ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(WebhookDocument.Of(message), WebhookDocument.Json);
        var now = clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(null, null));
        var secrets = target.PreviousUntil > now ? [target.Secret!, target.PreviousSecret!] : new[] { target.Secret! };
        request.Headers.Add("webhook-signature", string.Join(' ',
            secrets.Select(secret => new StandardWebhook(secret).Sign(message.Id, now, body))));
        return http.SendAsync(request, isWanted, answer => answer.ToResult(), cancellationToken);
    }
}
