using System.Text.Json.Nodes;
using Alerts.Users.Channels;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Alerts.Gateway.Documentation;

/// <summary>Adds the documents that webhooks receive to the API document.</summary>
static class WebhookRules
{
    const string Json = "application/json";

    static readonly (string Name, string Description)[] headers =
    [
        ("webhook-id", "Names the message: the same at each attempt, so that a receiver recognizes repeated messages."),
        ("webhook-timestamp", "When it was sent, in seconds since 1970; refuse what is older than five minutes."),
        ("webhook-signature",
            "v1, and base64 of the HMAC-SHA-256 of id, timestamp and body; two of them, with a blank between, while a secret is rotated."),
    ];

    public static async Task AddAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent(nameof(WebhookEvent), await context.GetOrCreateSchemaAsync(typeof(WebhookEvent), null, cancellationToken));
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>
        {
            ["alert"] = new OpenApiPathItem {
                Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Operation(document) } },
        };
    }

    static OpenApiOperation Operation(OpenApiDocument document) => new()
    {
        OperationId = "receiveAlert",
        Summary = "What a webhook receives, signed by the Standard Webhooks specification.",
        Parameters = [.. headers.Select(header => new OpenApiParameter
        {
            Name = header.Name,
            In = ParameterLocation.Header,
            Required = true,
            Description = header.Description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        })],
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Json] = new() { Schema = new OpenApiSchemaReference(nameof(WebhookEvent), document),
                    Example = JsonNode.Parse(Examples.Webhook) },
            },
        },
        Responses = new OpenApiResponses
        {
            ["2XX"] = new OpenApiResponse { Description = "Accepted: the message is not sent again." },
            ["410"] = new OpenApiResponse { Description = "Gone: the channel is disabled." },
            ["default"] = new OpenApiResponse {
                Description =
                    "The message is sent again, with growing pauses, not before Retry-After; after five days the channel is disabled." },
        },
    };
}
