using System.Text;

namespace Alerts.Channels;

/// <summary>The body of a message as plain text. Pure.</summary>
static class PlainText
{
    /// <summary>As many listings as fit, then how many are left out.</summary>
    /// <param name="maxBytes">The size limit, in bytes of UTF-8.</param>
    public static string Of(ChannelMessage message, int maxBytes)
    {
        var text = new StringBuilder(message.Text);
        if (message.Text is not null && message.Type is ChannelMessageType.Confirmation)
            text.Append('\n').Append(message.Url);
        var left = maxBytes - Encoding.UTF8.GetByteCount(text.ToString()) - Encoding.UTF8.GetByteCount($"\n{message.More}");
        foreach (var item in message.Items)
        {
            var lines = $"{(text.Length > 0 ? "\n" : "")}{item.Title}\n{item.Line}\n{item.Url}";
            if ((left -= Encoding.UTF8.GetByteCount(lines)) < 0)
                break;
            text.Append(lines);
        }

        if (message.More is { } more)
            text.Append('\n').Append(more);
        return text.Length > 0 ? text.ToString() : message.Title;
    }
}
