using System.Text;
using System.Text.Json.Nodes;
using Alerts.Settings;
using Alerts.Settings.Sites;

namespace Alerts.Gateway.Tests.Generated;

/// <summary>Makes requests that a hostile or broken client would send; the same random numbers make the same requests.</summary>
sealed class Hostile(Random random)
{
    /// <summary>Stands in texts that try to get into a header or a page: it must never be a header's name or a tag's.</summary>
    public const string Mark = "xinjected";

    static readonly string[] texts =
    [
        "", " ", "\0", "\u0007bell", "\u202Eevil", "\u2066a\u2069", "\u200B", "\uFEFF", "\u2028", "a\r\nBcc: evil@example.org", "a\r\n" + Mark + ": 1", "a\nb",
        "<" + Mark + ">", "\"><img src=x onerror=alert(1)><" + Mark + " x=\"", "<script>alert(1)</script>", "&lt;b&gt;", "</title><" + Mark + ">", "javascript:alert(1)",
        "'; DROP TABLE OrleansStorage; --", "\" OR 1=1 --", "%27%20OR%201", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "../../etc/passwd", "%00", "*", "(a, b", "((a))", "a,b",
        "ﷺ", "👩‍👩‍👧‍👦", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "İ", "ß", "ａ＠ｂ．ｃ", "null", "true", "1e999", "-0", "EBAY_US", "s-00000000", "u-00000000000000000000000000000000",
    ];

    /// <summary>Valid but nasty: these are stored, mailed and shown.</summary>
    static readonly string[] phrases =
    [
        "<" + Mark + ">phone", "\"><" + Mark + "> x", "'; DROP TABLE OrleansStorage; --a", "a & b < c > d \" e '", "(a, b) c", "名前", "кукла", "می‌خواهم", "a=b&q=c#d?e", "%0d%0a" + Mark + ": 1", "a;b:c|d{e}[f]",
    ];

    static readonly string[] addresses = ["{0}'or'1'='1@example.org", "{0}+tag@example.org", "{0}用户@例子.广告", "{0}&b@example.org", "{0}@bücher.example", "{0}@example.org"];

    public int Next(int limit) => random.Next(limit);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>A settings document that keeps every rule.</summary>
    public JsonObject Valid(string name) => new()
    {
        ["email"] = Pick(addresses).Replace("{0}", name, StringComparison.Ordinal),
        ["frequencyMinutes"] = Pick([2, 10, 20, 30, 60, 360, 720, 1440]),
        ["timeZone"] = Pick(["UTC", "Europe/Berlin", "Pacific/Apia"]),
        ["searches"] = new JsonArray(Search()),
    };

    /// <summary>A search that keeps every rule.</summary>
    public JsonObject Search() => new()
    {
        ["phrase"] = Pick(phrases),
        ["marketplace"] = Pick(Marketplaces.All),
        ["excludeWords"] = new JsonArray(Pick(phrases)),
    };

    /// <summary>The text of a document with up to four things wrong in it, or none.</summary>
    public string Spoil(JsonNode document)
    {
        for (var i = random.Next(5); i > 0; i--)
            document = SpoilOnce(document) ?? JsonValue.Create(0)!;
        var text = document.ToJsonString();
        return random.Next(12) switch
        {
            0 => text[..random.Next(text.Length + 1)],
            1 => text.Insert(random.Next(text.Length + 1), Pick(["\\ud800", "\u0000", "{", "]", "\"", ",", "\\", "\uFFFF"])),
            2 => text.Replace("{\"email\"", "{\"email\":\"a@example.org\",\"email\"", StringComparison.Ordinal),
            3 => text.Replace("\"phrase\":\"", "\"phrase\":\"\\ud83d", StringComparison.Ordinal),
            _ => text,
        };
    }

    public string Text() => random.Next(20) switch
    {
        0 => new string('x', random.Next(100_000)),
        1 => new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x10000))]),
        _ => Pick(texts),
    };

    /// <summary>A path or query part; what a URL cannot hold is escaped.</summary>
    public string UrlPart()
    {
        var text = Text();
        return Uri.EscapeDataString(Sound(text[..Math.Min(200, text.Length)]));
    }

    public byte[] Bytes(string text) => random.Next(30) == 0 ? [.. Encoding.UTF8.GetBytes(text), 0xC3, 0x28] : Encoding.UTF8.GetBytes(text);

    JsonNode? SpoilOnce(JsonNode document)
    {
        var nodes = All(document).ToList();
        var node = Pick(nodes);
        if (node is JsonObject there && random.Next(2) == 0)
        {
            there[random.Next(2) == 0 ? Sound(Text()) : Pick(["id", "status", "rules", "price", "quietHours", "language", "sellers", "notify", "category", "$type", "__proto__"])] = Value();
            return document;
        }

        var value = Value();
        if (node.Parent is null)
            return value;
        node.ReplaceWith(value);
        return document;
    }

    JsonNode? Value() => random.Next(10) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64()),
        3 => JsonNode.Parse(Pick(["1e400", "-1e400", "0.1", "1E-999", "99999999999999999999999999999999", "-0.0", "2147483648"])),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(300)).Select(i => (JsonNode)JsonValue.Create("s" + i))]),
        5 => Deep(random.Next(40)),
        6 => new JsonObject(),
        _ => JsonValue.Create(Sound(Text())),
    };

    static JsonNode Deep(int levels)
    {
        JsonNode node = new JsonArray();
        for (var i = 0; i < levels; i++)
            node = i % 2 == 0 ? new JsonObject { ["a"] = node } : new JsonArray(node);
        return node;
    }

    static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject parent => parent.Select(member => member.Value).OfType<JsonNode>().SelectMany(All).Prepend(node),
        JsonArray parent => parent.OfType<JsonNode>().SelectMany(All).Prepend(node),
        _ => [node],
    };

    /// <summary>Without halves of surrogate pairs, which these writers refuse; Spoil puts them into the text itself.</summary>
    static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
