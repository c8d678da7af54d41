using System.Globalization;
using System.Text.Json.Nodes;
using Alerts.Gateway.Access;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Alerts.Gateway.Documentation;

/// <summary>
/// The part of an operation in the API document that comes from its endpoint: who may call it, its errors, limits and examples.
/// </summary>
static class OperationRules
{
    const string Json = "application/json";
    const string ProblemJson = "application/problem+json";

    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var policy = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        operation.Security = SecurityOf(policy, document);
        operation.Parameters ??= [];
        foreach (var header in metadata.OfType<RequestHeader>())
            operation.Parameters.Add(new OpenApiParameter { Name = header.Name, In = ParameterLocation.Header,
                Description = header.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        operation.Description ??= Descriptions.Of(operation.OperationId);
        DescribePath(operation);
        DescribeHeaders(operation, metadata);
        var failures = operation.Responses!.Keys.Select(status => int.Parse(status, CultureInfo.InvariantCulture))
            .Where(status => status >= 400).ToHashSet();
        failures.UnionWith(FailuresOf(operation, policy));
        if (metadata.Contains(AsksNobody.Instance))
            failures.Remove(StatusCodes.Status503ServiceUnavailable);
        foreach (var status in failures)
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = Failure(status, document);
        UsePatchSchema(operation, document);
        Examples.Add(operation, Json);
        operation.AddExtension("x-limits",
            new JsonNodeExtension(JsonValue.Create(LimitsOf(operation, policy, metadata, context.ApplicationServices))));
        return Task.CompletedTask;
    }

    static List<OpenApiSecurityRequirement> SecurityOf(string? policy, OpenApiDocument document)
    {
        OpenApiSecurityRequirement With(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
        return policy switch
        {
            null => [new OpenApiSecurityRequirement(), With(AccessPolicies.ApiKey)],
            AccessPolicies.Administrators => [With(AccessPolicies.ApiKey)],
            _ => [With(AccessPolicies.ApiKey), With(AccessPolicies.ManageToken)],
        };
    }

    static IEnumerable<int> FailuresOf(OpenApiOperation operation, string? policy)
    {
        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status503ServiceUnavailable;
        if (policy is not null)
            yield return StatusCodes.Status401Unauthorized;
        if (policy is AccessPolicies.OwnUser or AccessPolicies.Administrators)
            yield return StatusCodes.Status403Forbidden;
        if (operation.Parameters!.Any(parameter => parameter.In is ParameterLocation.Path))
            yield return StatusCodes.Status404NotFound;
        if (operation.RequestBody is not null || operation.Parameters!.Any(parameter => parameter.In is ParameterLocation.Query))
            yield return StatusCodes.Status400BadRequest;
        if (operation.RequestBody is null)
            yield break;
        yield return StatusCodes.Status413PayloadTooLarge;
        yield return StatusCodes.Status415UnsupportedMediaType;
    }

    static OpenApiResponse Failure(int status, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = ReasonPhrases.GetReasonPhrase(status),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemJson] = new() { Schema = new OpenApiSchemaReference(DocumentRules.Problem, document),
                    Example = Examples.Problem(status) },
            },
        };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
            };
        return response;
    }

    static void DescribePath(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>()
            .Where(parameter => parameter.In is ParameterLocation.Path))
        {
            var (pattern, example) = parameter.Name switch
            {
                "id" => ("^u-[0-9a-f]{32}$", Examples.UserId),
                "searchId" => ("^s-[0-9a-f]{8}$", Examples.SearchId),
                "notificationId" => (Alerts.Users.Mails.NotificationId.Pattern, Examples.NotificationId),
                "channelId" => ("^c-[0-9a-f]{8}$", Examples.ChannelId),
                _ => (null, null),
            };
            if (pattern is null)
                continue;
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern };
            parameter.Example = JsonValue.Create(example);
        }
    }

    static void DescribeHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var (status, answer) in operation.Responses!)
        {
            if (answer is not OpenApiResponse response || !status.StartsWith('2'))
                continue;
            var headers = new Dictionary<string, IOpenApiHeader>();
            if (metadata.Contains(AnswersVersion.Instance))
                headers["ETag"] = Header("The version of the user's settings, for If-Match, such as \"3\".");
            if (status == "201")
                headers["Location"] = Header("The path of what was made.");
            if (headers.Count > 0)
                response.Headers = headers;
        }
    }

    static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    static void UsePatchSchema(OpenApiOperation operation, OpenApiDocument document)
    {
        if (operation.RequestBody?.Content is not { } content || !content.ContainsKey(MergePatch.MediaType))
            return;
        foreach (var media in content.Values)
        {
            if (media.Schema is OpenApiSchemaReference { Reference.Id: { } name })
                media.Schema = new OpenApiSchemaReference(name + DocumentRules.Patch, document);
        }
    }

    static string LimitsOf(OpenApiOperation operation, string? policy, IEnumerable<object> metadata, IServiceProvider services)
    {
        var rates = services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        List<string> limits = policy switch
        {
            null => [$"{rates.AnonymousPerMinute}/min an address", $"{rates.KeyPerMinute}/min a key"],
            AccessPolicies.Administrators => [$"{rates.KeyPerMinute}/min a key"],
            _ => [$"{rates.UserPerMinute}/min a user", $"{rates.KeyPerMinute}/min a key"],
        };
        if (metadata.Contains(LimitedTo.Enrolments))
            limits.Add($"{rates.EnrolmentsPerHour} enrolments/h an address");
        if (metadata.Contains(LimitedTo.Searches))
            limits.Add($"{rates.SearchesPerMinute}/min a caller");
        if (operation.RequestBody is not null)
            limits.Add($"{GatewayOptions.MaximumBodyBytes / 1024} KB body");
        return string.Join(", ", limits);
    }
}
