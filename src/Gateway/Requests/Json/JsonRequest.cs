using System.Text.Json;
using System.Text.Unicode;
using Alerts.Gateway.Errors;
using Alerts.Settings.Validation;
using Microsoft.Net.Http.Headers;

namespace Alerts.Gateway.Requests.Json;

/// <summary>Reads JSON from a request.</summary>
static class JsonRequest
{
    /// <summary>The media type of most bodies.</summary>
    public static readonly string[] JsonTypes = ["application/json"];

    /// <summary>Reads the body, of at most <see cref="GatewayOptions.MaximumBodyBytes"/>, as JSON.</summary>
    /// <exception cref="InvalidRequestException">415 for another media type, 413 for a longer body, 400 for invalid JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, string[] mediaTypes)
    {
        CheckMediaType(request, mediaTypes);
        var utf8 = WithoutByteOrderMark(await ReadBodyAsync(request));
        if (!Utf8.IsValid(utf8.Span))
            throw new InvalidRequestException(StatusCodes.Status400BadRequest, "The body is not UTF-8.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = GatewayOptions.MaximumJsonDepth });
        }
        catch (JsonException broken)
        {
            var path = JsonPath.OfFirstError(utf8.Span);
            throw new InvalidRequestException(
                StatusCodes.Status400BadRequest,
                $"The body is not JSON, or nested deeper than {GatewayOptions.MaximumJsonDepth} levels: line {broken.LineNumber + 1}, "
                + $"byte {broken.BytePositionInLine + 1}.",
                new Dictionary<string, string[]> { [path] = ["The JSON breaks off or goes wrong here."] });
        }

        ThrowIfAny(JsonText.Check(document.RootElement));
        return document;
    }

    /// <summary>Refuses the request when there are errors.</summary>
    /// <exception cref="InvalidRequestException">400 with all of them.</exception>
    public static void ThrowIfAny(IReadOnlyDictionary<string, string[]> errors)
    {
        if (errors.Count > 0)
            throw Invalid(errors);
    }

    /// <summary>Refuses the request when there are errors.</summary>
    /// <exception cref="InvalidRequestException">400 with all of them.</exception>
    public static void ThrowIfAny(FieldErrors errors) => ThrowIfAny(errors.ToDictionary());

    /// <summary>400 with the wrong fields.</summary>
    public static InvalidRequestException Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "One or more fields are not valid; see errors.", errors);

    static void CheckMediaType(HttpRequest request, string[] mediaTypes)
    {
        var isKnown = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && mediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && request.Headers.ContentEncoding.Count == 0;
        if (!isKnown)
            throw new InvalidRequestException(StatusCodes.Status415UnsupportedMediaType,
                $"The body must be {string.Join(" or ", mediaTypes)} in UTF-8, not compressed.");
    }

    /// <summary>
    /// The body, at most one byte over the limit. Kestrel's own limit is higher, so that it receives the rest of a longer one.
    /// </summary>
    static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request)
    {
        var length = request.ContentLength ?? GatewayOptions.MaximumBodyBytes;
        if (length <= GatewayOptions.MaximumBodyBytes)
        {
            var body = new byte[length + 1];
            var read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false,
                request.HttpContext.RequestAborted);
            if (read <= GatewayOptions.MaximumBodyBytes)
                return body.AsMemory(0, read);
        }

        throw new InvalidRequestException(StatusCodes.Status413PayloadTooLarge,
            $"The body must have at most {GatewayOptions.MaximumBodyBytes / 1024} KB.");
    }

    static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> bytes) =>
        bytes.Span is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
}
