using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Alerts.Channels.Http;
using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;

namespace Alerts.Channels.Telegram;

/// <summary>A chat with this service's bot. The person who opens the chat with the channel's start code links it.</summary>
sealed class TelegramChannel(ChannelHttp http, IOptions<ChannelOptions> options) : INotificationChannel
{
    /// <summary>Telegram accepts 4,096 characters.</summary>
    const int MaxText = 3_900;

    public ChannelKind Kind => ChannelKind.Telegram;

    public ChannelFields Fields => ChannelFields.None;

    public void Check(ChannelSettings settings, FieldErrors errors)
    {
        errors.Require(options.Value.TelegramToken is not null, "kind", "This service has no bot at Telegram.");
        errors.Require(settings.Url is null, "url", "A chat has no address: it is linked by the start link in the answer.");
    }

    public string? StartUrlOf(string code) => options.Value.TelegramName is { } bot ? $"https://t.me/{bot}?start={code}" : null;

    public Task<DeliveryResult> SendAsync(
        ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post,
            $"{options.Value.TelegramUrl.TrimEnd('/')}/bot{options.Value.TelegramToken}/sendMessage")
        {
            Content = JsonContent.Create(new
            {
                chat_id = target.ChatId,
                text = HtmlOf(message),
                parse_mode = "HTML",
                link_preview_options = message.Items is [{ ImageUrl: { } image }, ..] ? (object)new { url = image }
                    : new { is_disabled = true },
            }),
        };
        return http.SendAsync(request, isWanted, Meaning, cancellationToken);
    }

    static DeliveryResult Meaning(ChannelAnswer answer) => answer.Status switch
    {
        // This chat is not at fault: the operator must correct the token.
        HttpStatusCode.Unauthorized or HttpStatusCode.NotFound => new DeliveryResult.Deferred(answer.Reason, DeferralCause.Sender),
        HttpStatusCode.TooManyRequests => new DeliveryResult.Deferred(answer.Reason,
            RetryAfter: RetryAfterOf(answer.Body) ?? answer.RetryAfter),
        HttpStatusCode.BadRequest when answer.Body.Contains("can't parse entities", StringComparison.Ordinal) =>
            new DeliveryResult.Deferred(answer.Reason, DeferralCause.Compose),
        _ => answer.ToResult(isGone: answer.Status is HttpStatusCode.Forbidden
            || answer.Body.Contains("chat not found", StringComparison.Ordinal)),
    };

    /// <summary>As many listings as fit, counted by the visible characters.</summary>
    static string HtmlOf(ChannelMessage message)
    {
        var html = new StringBuilder($"<b>{Escaped(message.Title)}</b>");
        if (message.Text is { } text)
            html.Append('\n').Append(Escaped(text));
        var left = MaxText - message.Title.Length - (message.Text?.Length ?? 0) - (message.More?.Length ?? 0) - message.UrlText.Length;
        foreach (var item in message.Items)
        {
            if ((left -= item.Title.Length + item.Line.Length + 3) < 0)
                break;
            html.Append(null, $"\n\n<a href=\"{Escaped(item.Url)}\">{Escaped(item.Title)}</a>\n{Escaped(item.Line)}");
        }

        if (message.More is { } more)
            html.Append("\n\n").Append(Escaped(more));
        return html.Append(null, $"\n\n<a href=\"{Escaped(message.Url)}\">{Escaped(message.UrlText)}</a>").ToString();
    }

    /// <summary>Escapes the four characters that have a meaning in Telegram's HTML.</summary>
    public static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    static TimeSpan? RetryAfterOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("parameters", out var parameters)
                && parameters.TryGetProperty("retry_after", out var seconds)
                ? TimeSpan.FromSeconds(Math.Clamp(seconds.GetInt32(), 0, 86_400))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            // The answer is not from Telegram, but for example a proxy's page.
            return null;
        }
    }
}
