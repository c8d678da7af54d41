using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Alerts.Gateway.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace Alerts.Gateway.Requests;

/// <summary>A request's merge patch of a <typeparamref name="T"/>; each of its fields has been checked.</summary>
sealed record JsonPatchBody<T>(JsonElement Patch, JsonTypeInfo<T> Type) : IEndpointParameterMetadataProvider
{
    static readonly string[] mediaTypes = [MergePatch.MediaType, "application/json"];

    /// <summary>Called by the framework to bind a handler's parameter.</summary>
    /// <exception cref="InvalidRequestException">The body is of another type, no JSON, or does not fit.</exception>
    public static async ValueTask<JsonPatchBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        using var document = await JsonRequest.ReadAsync(context.Request, mediaTypes);
        var type = JsonRequest.ContractOf<T>(context);
        JsonRequest.ThrowIfAny(JsonShape.Check(document.RootElement, type, isPatch: true));
        return new JsonPatchBody<T>(document.RootElement.Clone(), type);
    }

    /// <summary>Whether the patch says anything of a field.</summary>
    public bool Names(string field) => Patch.ValueKind is JsonValueKind.Object && Patch.TryGetProperty(field, out _);

    /// <summary>The value as patched.</summary>
    /// <exception cref="InvalidRequestException">400: a required field was removed.</exception>
    public T ApplyTo(T value)
    {
        var patched = MergePatch.Apply(JsonSerializer.SerializeToElement(value, Type), Patch);
        JsonRequest.ThrowIfAny(JsonShape.Check(patched, Type));
        return patched.Deserialize(Type)!;
    }

    /// <summary>Tells the API document what the body is.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(mediaTypes, typeof(T), isOptional: false));
}
