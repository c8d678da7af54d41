using System.Globalization;
using System.Text.Json;

namespace Alerts.Gateway.Tests.Documentation;

/// <summary>One operation of the API document.</summary>
sealed record ApiOperation(string Method, string Path, JsonElement Json)
{
    public const string EventStream = "text/event-stream";

    public string Id => Json.Text("operationId");

    public IEnumerable<int> Statuses => Json.GetProperty("responses").EnumerateObject().Select(response => int.Parse(response.Name, CultureInfo.InvariantCulture));

    public int Success => Statuses.Single(status => status < 300);

    /// <summary>The headers that a success has.</summary>
    public IReadOnlyList<string> SuccessHeaders =>
        Json.GetProperty("responses").GetProperty(Success.ToString(CultureInfo.InvariantCulture)).TryGetProperty("headers", out var headers)
            ? [.. headers.EnumerateObject().Select(header => header.Name).Order(StringComparer.Ordinal)] : [];

    /// <summary>Whether it answers with server-sent events.</summary>
    public bool IsStream => Json.GetProperty("responses").EnumerateObject()
        .Any(response => response.Value.TryGetProperty("content", out var content) && content.TryGetProperty(EventStream, out _));

    /// <summary>The media type of the request's body, or null.</summary>
    public string? MediaType => Json.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Name : null;

    /// <summary>The example of the request's body.</summary>
    public JsonElement RequestExample => Media("requestBody").GetProperty("example");

    /// <summary>The schema of the request's body.</summary>
    public JsonElement RequestSchema => Media("requestBody").GetProperty("schema");

    public bool Takes(string kind) => Json.TryGetProperty("parameters", out var parameters) && parameters.EnumerateArray().Any(parameter => parameter.Text("in") == kind);

    /// <summary>The body a status comes with, or null.</summary>
    public JsonElement? Answer(int status)
    {
        var response = Json.GetProperty("responses").GetProperty(status.ToString(CultureInfo.InvariantCulture));
        return response.TryGetProperty("content", out var content) ? content.EnumerateObject().First().Value : null;
    }

    public override string ToString() => $"{Method} {Path}";

    JsonElement Media(string part) => Json.GetProperty(part).GetProperty("content").EnumerateObject().First().Value;
}
