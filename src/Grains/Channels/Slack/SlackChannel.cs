using System.Net;
using System.Net.Http.Json;
using Alerts.Channels.Http;
using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;

namespace Alerts.Channels.Slack;

/// <summary>A channel of a Slack workspace, by an incoming webhook.</summary>
sealed class SlackChannel(ChannelHttp http, IOptions<ChannelOptions> options) : INotificationChannel
{
    const int MaxTitle = 250;
    const int MaxLine = 500;

    static readonly string[] gone = ["no_service", "no_team", "invalid_token", "channel_not_found",
        "channel_is_archived", "no_active_hooks"];

    public ChannelKind Kind => ChannelKind.Slack;

    public void Check(ChannelSettings settings, FieldErrors errors) => errors.Require(
        settings.Url is null || WebhookHost.IsOf(settings.Url, "/services/", options.Value, "hooks.slack.com", "hooks.slack-gov.com"),
        "url", "The address must be the one that Slack gave out: https://hooks.slack.com/services/…");

    public Task<DeliveryResult> SendAsync(
        ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        object[] blocks =
        [
            Section($"*{Escaped(ShownText.Clean(message.Title, MaxTitle))}*"
                + (message.Text is null ? "" : "\n" + Escaped(message.Text)), null),
            .. message.Items.Select(item => Section(
                $"<{item.Url.Replace("|", "%7C", StringComparison.Ordinal)}|{Escaped(ShownText.Clean(item.Title, MaxTitle))}>"
                + $"\n{Escaped(ShownText.Clean(item.Line, MaxLine))}",
                item)),
            Section($"{(message.More is null ? "" : Escaped(message.More) + " · ")}<{message.Url}|{Escaped(message.UrlText)}>", null),
        ];
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = JsonContent.Create(new { text = Escaped(message.Title), blocks, unfurl_links = false, unfurl_media = false }),
        };
        return http.SendAsync(
            request, isWanted, answer =>
                answer.ToResult(isGone: answer.Status is HttpStatusCode.NotFound || gone.Contains(answer.Body.Trim())), cancellationToken);
    }

    /// <summary>
    /// Slack reads three characters as markup everywhere; these are escaped. Those for bold, italics and code cannot be escaped, so similar
    /// characters replace them.
    /// </summary>
    public static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace('*', '∗').Replace('_', '＿').Replace('~', '∼').Replace('`', 'ˋ');

    static object Section(string text, ChannelItem? item) => item?.ImageUrl is { } image
        ? new { type = "section", text = Markdown(text),
            accessory = new { type = "image", image_url = image, alt_text = ShownText.Clean(item.Title, MaxTitle) } }
        : new { type = "section", text = Markdown(text) };

    // Verbatim: addresses and names in a title become neither links nor mentions.
    static object Markdown(string text) => new { type = "mrkdwn", text, verbatim = true };
}
