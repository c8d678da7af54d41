using System.Globalization;
using System.Text;

namespace Alerts.Gateway.Tests.Requests;

/// <summary>One request as an attacker would send it; the same seed gives the same bytes.</summary>
sealed class HostileRequest
{
    static readonly string[] methods =
        ["GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "G\u00cbT", "POST POST", ""];

    /// <summary>Stand in for an id, a token or the value of a field.</summary>
    static readonly string[] values =
    [
        "", "0", "-1", "1e400", "99999999999999999999", "NaN", "null", "true", "%00", "%0d%0aX-Evil:%201", "%ff%fe", "%e2%80%ae", "%", "%zz", "..", "%2e%2e%2f",
        "..%5c..%5cwindows", "' OR 1=1 --", "<script>", "{{7*7}}", "${jndi:ldap://127.0.0.1/x}", "u-00000000000000000000000000000000", "s-00000000", "\ud83d\ude00",
        "\u202eabc", "\0", "\t", "a b", "v1|1|0", "v1%7C1%7C0", new string('a', 300), new string('9', 5_000), "1970-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00Z", "Infinity", "[]", "{}", "a,b,c", "%25%32%65",
    ];

    static readonly string[] queries = ["limit", "cursor", "userId", "email", "points", "from", "to", "language", "timeZone", "saved", "undo", "phrase", "page", "status", "q"];

    static readonly string[] headers =
    [
        "If-Match", "If-None-Match", "Idempotency-Key", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Cookie", "Accept", "Accept-Language",
        "Accept-Encoding", "Content-Encoding", "Range", "Origin", "Referer", "traceparent", "tracestate", "baggage", "X-Request-Id", "X-HTTP-Method-Override", "Expect",
        "Upgrade", "Transfer-Encoding", "If-Modified-Since", "Authorization", "X-Api-Key",
    ];

    static readonly string[] headerValues =
    [
        "", "*", "\"1\"", "W/\"1\"", "\"" + "x" + "\"", "1", "-1", "text/html", "application/json;q=2", "*/*", "de-DE,de;q=0.5,*;q=NaN", "tlh", "gzip, br;q=9", "bytes=0-",
        "bytes=9-1,-1", "127.0.0.1", "::1, 10.0.0.1", "https", "evil.example", "null", "Bearer x", "Bearer " + "a.b.c", "Basic Zm9vOmJhcg==", "00-0-0-0", "DELETE",
        "100-continue", "websocket", "chunked, gzip", "Thu, 01 Jan 1970 00:00:00 GMT", "alerts-session=u-0.1", "alerts-session=" + "x.y.z", "\u00e9\u00ff", "a=b; a=b;; =",
    ];

    static readonly string[] mediaTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/merge-patch+json",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/xml", "", "json", "application/problem+json",
    ];

    static readonly string[] fields =
    [
        "email", "frequencyMinutes", "notify", "digestHour", "timeZone", "quietHours", "language", "insights", "searches", "mailsPerDay", "insightPeriod", "insightHour",
        "phrase", "marketplace", "price", "min", "max", "currency", "conditions", "conditionIds", "buyingOptions", "excludeWords", "includeWords", "watch", "seller", "minPercent", "minRatings", "accountType", "totalAtOrBelow", "unknownShipping", "rules", "priceAtOrBelow", "dropPercent",
        "until", "url", "from", "to", "deliverTo", "aspects", "pickup", "itemLocation", "category", "id", "excludeSellers", "cooldownHours", "endingWithinMinutes", "maxBids", "bidAtOrBelow", "__proto__",
    ];

    readonly Random random;
    readonly IReadOnlyList<string> known;
    readonly IReadOnlyList<string> bodies;

    /// <param name="seed">Chooses.</param>
    /// <param name="targets">Operations and pages, with braces where a value belongs.</param>
    /// <param name="known">Ids and tokens that are right.</param>
    /// <param name="bodies">Documents that are right.</param>
    /// <param name="credentials">Headers that are right, one of which may be sent.</param>
    public HostileRequest(int seed, IReadOnlyList<(string Method, string Path)> targets, IReadOnlyList<string> known, IReadOnlyList<string> bodies, IReadOnlyList<string> credentials)
    {
        (random, this.known, this.bodies) = (new Random(seed), known, bodies);
        var target = Of(targets);
        var method = random.Next(4) > 0 ? target.Method : Of(methods);
        var body = random.Next(3) == 0 ? [] : Body();
        var text = new StringBuilder($"{method} {Path(target.Path)} HTTP/1.1\r\n");
        text.Append(random.Next(30) == 0 ? $"Host: {Of(headerValues)}\r\n" : "Host: localhost\r\n");
        if (random.Next(3) > 0)
            text.Append(Of(credentials)).Append("\r\n");
        for (var i = random.Next(4); i > 0; i--)
            text.Append(CultureInfo.InvariantCulture, $"{Of(headers)}: {Of(headerValues)}\r\n");
        if (body.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: {Of(mediaTypes)}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        Bytes = [.. Encoding.UTF8.GetBytes(text.ToString()), .. body];
        Name = $"seed {seed}: {text.ToString().Split("\r\n")[0]}";
    }

    public byte[] Bytes { get; }

    /// <summary>Says which it is.</summary>
    public string Name { get; }

    T Of<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    string Value() => random.Next(2) == 0 ? Of(values) : Of(known);

    string Path(string template)
    {
        var path = string.Join('/', template.Split('/').Select(part => part.Contains('{', StringComparison.Ordinal) ? Value() : part));
        if (random.Next(20) == 0)
            path += "/" + Of(values);
        for (var i = random.Next(3); i > 0; i--)
            path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Of(queries) + "=" + Value();
        // A blank or a line break would end the line.
        return path.Replace(" ", "%20", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }

    byte[] Body()
    {
        var body = Of(bodies);
        return random.Next(12) switch
        {
            0 => Encoding.UTF8.GetBytes(body),
            1 => Encoding.UTF8.GetBytes(body)[..random.Next(body.Length / 2)],
            2 => Encoding.UTF8.GetBytes(new string('[', 10_000)),
            3 => Encoding.UTF8.GetBytes($$"""{"searches":[{"phrase":"{{new string('x', 70_000)}}"}]}"""),
            4 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(body)],
            5 => [.. Encoding.UTF8.GetBytes("{\"email\":\""), 0xC3, 0x28, 0xF0, 0x9F, .. Encoding.UTF8.GetBytes("\"}")],
            6 => Encoding.UTF8.GetBytes("""{"email":"\ud800@example.org","searches":[{"phrase":"\udfff\ud800"}]}"""),
            7 => Encoding.Unicode.GetBytes(body),
            8 => Encoding.UTF8.GetBytes($"{Of(fields)}={Uri.EscapeDataString(Of(values))}&_handler={Of(fields)}&{Of(fields)}=%00&page=1"),
            _ => Encoding.UTF8.GetBytes(Changed(body)),
        };
    }

    /// <summary>A document of which fields have other values, or values of other kinds.</summary>
    string Changed(string body)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var value = random.Next(6) switch
            {
                0 => "null",
                1 => System.Text.Json.JsonSerializer.Serialize(Of(values)),
                2 => Of((string[])["1e400", "-1", "0.000000000000000000001", "99999999999999999999999", "1E-400", "true"]),
                3 => "[" + string.Join(',', Enumerable.Repeat("{}", random.Next(300))) + "]",
                4 => "{\"" + Of(fields) + "\":[null,[null]]}",
                _ => "[null]",
            };
            var field = Of(fields);
            var at = body.IndexOf($"\"{field}\":", StringComparison.Ordinal);
            // A field that is there twice, or in a place of its own, is hostile as well.
            var inside = at >= 0 ? at : Math.Max(body.IndexOf('{', StringComparison.Ordinal) + 1, 0);
            body = body[..inside] + $"\"{field}\":{value}," + body[inside..];
        }

        return body;
    }
}
