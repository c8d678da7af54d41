using System.Reflection;
using Alerts.Gateway.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace Alerts.Gateway.Requests.Json;

/// <summary>A request's JSON body, read completely and checked against the contract and the rules of <typeparamref name="T"/>.</summary>
sealed record JsonBody<T>(T Value) : IEndpointParameterMetadataProvider
{
    /// <summary>Called by the framework to bind a handler's parameter.</summary>
    /// <exception cref="InvalidRequestException">The body has another type, is not JSON, or is not valid.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        using var document = await JsonRequest.ReadAsync(context.Request, JsonRequest.JsonTypes);
        var ignored = context.GetEndpoint()?.Metadata.GetMetadata<IgnoredFields>();
        return new JsonBody<T>(context.RequestServices.GetRequiredService<DocumentReader>()
            .Read<T>(ignored is null ? document.RootElement : ignored.RemoveFrom(document.RootElement)));
    }

    /// <summary>Describes the body to the API document.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(JsonRequest.JsonTypes, typeof(T), isOptional: false));
}
