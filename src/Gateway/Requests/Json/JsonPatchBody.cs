using System.Reflection;
using System.Text.Json;
using Alerts.Gateway.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace Alerts.Gateway.Requests.Json;

/// <summary>A request's merge patch of a <typeparamref name="T"/>, any JSON. It is checked when it is applied.</summary>
sealed record JsonPatchBody<T>(JsonElement Patch, DocumentReader Reader) : IEndpointParameterMetadataProvider
{
    static readonly string[] mediaTypes = [MergePatch.MediaType, "application/json"];

    /// <summary>Called by the framework to bind a handler's parameter.</summary>
    /// <exception cref="InvalidRequestException">The body has another type, or is not JSON.</exception>
    public static async ValueTask<JsonPatchBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        using var document = await JsonRequest.ReadAsync(context.Request, mediaTypes);
        return new JsonPatchBody<T>(document.RootElement.Clone(), context.RequestServices.GetRequiredService<DocumentReader>());
    }

    /// <summary>Whether the patch has a field.</summary>
    public bool Names(string field) => Patch.ValueKind is JsonValueKind.Object && Patch.TryGetProperty(field, out _);

    /// <summary>Applies the patch to a value.</summary>
    /// <exception cref="InvalidRequestException">400: the patch or its result is not valid.</exception>
    public T ApplyTo(T value) => Reader.Patch(value, Patch);

    /// <summary>Describes the body to the API document.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(mediaTypes, typeof(T), isOptional: false));
}
