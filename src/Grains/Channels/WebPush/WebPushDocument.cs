using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alerts.Channels.WebPush;

/// <summary>
/// What the web application's service worker shows: title and text of the notification, where a press leads, a picture, and a tag. Of two
/// notifications with one tag the browser shows the later, so that what comes twice is seen once. Pure.
/// </summary>
static class WebPushDocument
{
    /// <summary>Push services take 4,096 bytes; the encryption adds 103.</summary>
    public const int MaxBytes = 3_900;

    const int MaxLines = 4;
    const int MaxLine = 200;

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Nobody reads it as HTML, and it has to be short.
    };

    /// <summary>As much as fits.</summary>
    public static string Of(ChannelMessage message)
    {
        for (var lines = Math.Min(message.Items.Count, MaxLines); ; lines--)
        {
            var text = JsonSerializer.Serialize(With(message, lines), json);
            if (lines <= 0 || System.Text.Encoding.UTF8.GetByteCount(text) <= MaxBytes)
                return text;
        }
    }

    static object With(ChannelMessage message, int lines)
    {
        string?[] texts = [message.Text, .. message.Items.Take(lines)
            .Select(item => ShownText.Clean($"{item.Title}: {item.Line}", MaxLine)), message.More];
        return new
        {
            title = message.Title,
            body = string.Join('\n', texts.OfType<string>()),
            url = message.Items is [var only] ? only.Url : message.Url,
            image = lines > 0 ? message.Items[0].ImageUrl : null,
            tag = message.Id.Split(".c-")[0],
        };
    }
}
