using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.Mail.Log;
using Alerts.Users.Channels;

namespace Alerts.Channels.Webhook;

/// <summary>Makes a message's JSON document. Pure.</summary>
static class WebhookDocument
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static WebhookEvent Of(ChannelMessage message) => new()
    {
        Type = message.Type switch
        {
            ChannelMessageType.Confirmation => "channel.confirmation",
            ChannelMessageType.Test => "channel.test",
            _ => "alerts.news",
        },
        Id = message.Id,
        Timestamp = message.At,
        Title = message.Title,
        Url = message.Url,
        Searches = [.. message.Notification.Sections.Select(DeliveredContent.SearchOf)],
    };
}
