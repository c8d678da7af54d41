using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alerts.Demo.Receivers;

/// <summary>What the platforms refuse, in short. Pure.</summary>
static partial class ReceiverRules
{
    public static string? OfNtfy(JsonElement body) =>
        Encoding.UTF8.GetByteCount(body.GetProperty("message").GetString()!) > 4_096 ? "the message is too long" : null;

    public static string? OfDiscord(JsonElement body)
    {
        if (body.GetProperty("content").GetString()!.Length > 2_000)
            return "content has more than 2000 characters";
        if (body.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength() > 0)
            return "somebody would be mentioned";
        var embeds = body.GetProperty("embeds").EnumerateArray().ToList();
        if (embeds.Count > 10)
            return "more than 10 embeds";
        return embeds.Sum(embed => Length(embed, "title") + Length(embed, "description")) > 6_000
            || embeds.Exists(embed => Length(embed, "title") > 256)
            ? "embeds are too long"
            : null;
    }

    public static string? OfSlack(JsonElement body)
    {
        var blocks = body.GetProperty("blocks").EnumerateArray().ToList();
        if (blocks.Count > 50)
            return "invalid_blocks";
        return blocks.Exists(block => Length(block.GetProperty("text"), "text") is 0 or > 3_000) ? "invalid_blocks" : null;
    }

    public static string? OfTelegram(JsonElement body)
    {
        var text = body.GetProperty("text").GetString()!;
        if (Tag().Replace(text, "").Length > 4_096)
            return """{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}""";
        return Tag().Replace(text, "").AsSpan().ContainsAny('<', '>')
            ? """{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities"}"""
            : null;
    }

    static int Length(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()!.Length : 0;

    [GeneratedRegex("</?b>|<a href=\"[^\"<>]*\">|</a>")]
    private static partial Regex Tag();
}
