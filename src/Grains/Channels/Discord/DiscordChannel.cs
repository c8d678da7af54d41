using System.Net;
using System.Net.Http.Json;
using System.Text;
using Alerts.Channels.Http;
using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;
using Microsoft.Extensions.Options;

namespace Alerts.Channels.Discord;

/// <summary>A channel of a Discord server, by an incoming webhook. A title can mention nobody.</summary>
sealed class DiscordChannel(ChannelHttp http, IOptions<ChannelOptions> options) : INotificationChannel
{
    const int MaxContent = 1_800;
    const int MaxTitle = 120;
    const int MaxLine = 300;

    public ChannelKind Kind => ChannelKind.Discord;

    public void Check(ChannelSettings settings, FieldErrors errors) => errors.Require(
        settings.Url is null || WebhookHost.IsOf(settings.Url, "/api/webhooks/", options.Value,
            "discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"),
        "url", "The address must be the one that Discord gave out: https://discord.com/api/webhooks/…");

    public Task<DeliveryResult> SendAsync(
        ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        string?[] lines = [$"**{Escaped(message.Title)}**", message.Text is null ? null : Escaped(message.Text),
            message.More is null ? null : Escaped(message.More),
            $"[{Escaped(message.UrlText)}](<{message.Url}>)"];
        // With <c>wait</c>, Discord answers when the message is in the channel, not when it is queued.
        var request = new HttpRequestMessage(HttpMethod.Post, $"{target.Url!.Split('?')[0]}?wait=true")
        {
            Content = JsonContent.Create(new
            {
                content = Cut(string.Join('\n', lines.OfType<string>()), MaxContent),
                allowed_mentions = new { parse = Array.Empty<string>() },
                embeds = message.Items.Select(item => new
                {
                    title = Escaped(ShownText.Clean(item.Title, MaxTitle)),
                    url = item.Url,
                    description = Escaped(ShownText.Clean(item.Line, MaxLine)),
                    thumbnail = item.ImageUrl is null ? null : new { url = item.ImageUrl },
                }),
            }),
        };
        return http.SendAsync(
            request, isWanted, answer =>
                answer.ToResult(isGone: answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized), cancellationToken);
    }

    /// <summary>Discord shows a character after a backslash as it is. So a title makes no bold text, link, mention or list.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (character is '\\' or '*' or '_' or '~' or '`' or '|' or '>' or '<' or '#'
                or '[' or ']' or '(' or ')' or ':' or '@' or '-' or '+' or '.' or '/')
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
