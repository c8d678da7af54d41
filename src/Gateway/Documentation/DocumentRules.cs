using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Gateway.Users.Searches;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Alerts.Gateway.Documentation;

/// <summary>The general part of the API document: its subject, authentication, and the form of errors.</summary>
static class DocumentRules
{
    /// <summary>Name of the schema of every error.</summary>
    public const string Problem = "Problem";

    /// <summary>Name of the schema of a search in an answer.</summary>
    const string Search = "Search";

    /// <summary>Suffix of the schema of a merge patch.</summary>
    public const string Patch = "Patch";

    static readonly (string Name, string Description)[] tags =
    [
        ("Users", "People and their settings: enrol, find, read, change, erase."),
        ("Searches", "A user's searches, one at a time."),
        ("Service", "Whether a user is served, and by which tokens it is managed."),
        ("Activity", "What searches find, what was mailed, and a look ahead."),
        ("Channels", "Where alerts go besides mail: webhooks, ntfy, Discord, Slack, Telegram, browsers."),
        ("Products", "Listings that searches found, and their prices."),
        ("Operations", "For who runs the service."),
    ];

    public static async Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Alerts",
            Version = "1",
            Description = "Product alerts for eBay: enrol an address with searches, and get a mail when something is new or cheaper.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Tags = tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
        // Not the caller's Host header. Paths begin with a slash.
        var alerts = context.ApplicationServices.GetRequiredService<IOptions<AlertsOptions>>().Value;
        document.Servers = [new OpenApiServer { Url = alerts.PublicUrl.TrimEnd('/') }];
        document.AddComponent<IOpenApiSecurityScheme>(AccessPolicies.ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeyHandler.Header,
            Description = "An API key: may do everything in its scope.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(AccessPolicies.ManageToken, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description =
                "A user's manage token, from the answer to the enrolment or the manage link of any mail: may do everything with that user.",
        });
        var schemas = document.Components!.Schemas!;
        schemas.Remove("ProblemDetails");
        schemas[Problem] = ProblemSchema();
        foreach (var name in (string[])["UserSettings", "SearchSettings"])
            schemas[name + Patch] = PatchOf((OpenApiSchema)schemas[name], name);
        UseSearchWithId(document, schemas);
        await WebhookRules.AddAsync(document, context, cancellationToken);
    }

    static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "requestId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A URI that names the kind of error."),
            ["title"] = Text("The kind of error in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong, in a sentence."),
            ["instance"] = Text("What the error is about, when that is not what was asked for."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The errors by JSON field path, such as searches[0].price.min; $ is the document itself.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text("A sentence for people.") },
            },
            ["requestId"] = Text("Names this request, also in X-Request-Id and in the service's logs."),
            ["traceId"] = Text("Names the trace this request is part of."),
        },
    };

    /// <summary>A search in an answer has an id; one in a request may have none.</summary>
    static void UseSearchWithId(OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas)
    {
        var sent = (OpenApiSchema)schemas["SearchSettings"];
        schemas[Search] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = sent.Description,
            Properties = sent.Properties,
            Required = new HashSet<string>(sent.Required ?? new HashSet<string>()) { "id" },
        };
        foreach (var media in document.Paths.Values.SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Responses!.Values)
            .SelectMany(response => response.Content?.Values ?? []))
        {
            if (media.Schema is OpenApiSchemaReference { Reference.Id: "SearchSettings" })
                media.Schema = new OpenApiSchemaReference(Search, document);
        }

        foreach (var (owner, list) in ((string, string)[])[("UserDocument", "searches"), ("SearchList", "items")])
            ((OpenApiSchema)schemas[owner].Properties![list]).Items = new OpenApiSchemaReference(Search, document);
    }

    static OpenApiSchema PatchOf(OpenApiSchema whole, string name) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"A JSON merge patch (RFC 7396) of {name}: what is absent stays, null removes, an array replaces the whole array.",
        Properties = whole.Properties,
        AdditionalPropertiesAllowed = false,
    };

    static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
