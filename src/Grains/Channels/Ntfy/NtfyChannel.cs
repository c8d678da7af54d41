using System.Net.Http.Headers;
using System.Net.Http.Json;
using Alerts.Channels.Http;
using Alerts.Outbox;
using Alerts.Settings.Validation;
using Alerts.Users.Channels;

namespace Alerts.Channels.Ntfy;

/// <summary>A topic of an ntfy server, published as JSON. The text is plain, so nothing has to be escaped.</summary>
sealed class NtfyChannel(ChannelHttp http) : INotificationChannel
{
    /// <summary>ntfy turns a message of more than 4,096 bytes into an attachment; a character takes up to four bytes.</summary>
    const int MaxBytes = 3_800;

    const int MaxTitle = 200;
    const int MaxToken = 200;

    public ChannelKind Kind => ChannelKind.Ntfy;

    public ChannelFields Fields => ChannelFields.Url | ChannelFields.Token;

    public void Check(ChannelSettings settings, FieldErrors errors)
    {
        errors.Require(settings.Url is null || TopicOf(settings.Url) is not null,
            "url", "The address of a topic ends with its name: https://ntfy.sh/my-topic.");
        errors.Require(
            settings.Token is null || (settings.Token.Length is > 0 and <= MaxToken
                && settings.Token.All(character => character is > ' ' and <= '~')),
            "token", $"A token has 1 to {MaxToken} plain characters.");
    }

    public Task<DeliveryResult> SendAsync(
        ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var topic = TopicOf(target.Url!)!;
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url![..^topic.Length])
        {
            Content = JsonContent.Create(new
            {
                topic,
                title = ShownText.Clean(message.Title, MaxTitle),
                message = PlainText.Of(message, MaxBytes),
                click = message.Items is [var only] ? only.Url : message.Url,
                attach = message.Items is [{ ImageUrl: { } image }, ..] ? image : null,
                actions = new[] { new { action = "view", label = message.UrlText, url = message.Url } },
            }),
        };
        if (target.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http.SendAsync(request, isWanted, answer => answer.ToResult(), cancellationToken);
    }

    static string? TopicOf(string url)
    {
        var topic = url[(url.LastIndexOf('/') + 1)..];
        return topic.Length is > 0 and <= 64 && topic.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.AbsolutePath.Length > 1
                ? topic
                : null;
    }
}
