using System.Reflection;
using Alerts.Gateway.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace Alerts.Gateway.Requests;

/// <summary>A request's JSON body, read whole and checked against the contract of <typeparamref name="T"/>, so that all its errors are told at once.</summary>
sealed record JsonBody<T>(T Value) : IEndpointParameterMetadataProvider
{
    /// <summary>Called by the framework to bind a handler's parameter.</summary>
    /// <exception cref="InvalidRequestException">The body is of another type, no JSON, or does not fit.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        using var document = await JsonRequest.ReadAsync(context.Request, JsonRequest.JsonTypes);
        var ignored = context.GetEndpoint()?.Metadata.GetMetadata<IgnoredFields>();
        return new JsonBody<T>(JsonRequest.Fit<T>(ignored is null ? document.RootElement : ignored.RemoveFrom(document.RootElement), context));
    }

    /// <summary>Tells the API document what the body is.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(JsonRequest.JsonTypes, typeof(T), isOptional: false));
}
