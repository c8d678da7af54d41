using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Users;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Settings.Validation;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Mails;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Alerts.Gateway.Documentation;

/// <summary>Adds rules of fields to the API document that types alone do not show. The validator decides in the end.</summary>
static partial class SchemaRules
{
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type is var type && (type == typeof(NotifyMode) || type == typeof(NotificationKind)))
            schema.Enum = NamesOf(type);
        if (schema.Enum is { Count: > 0 })
            schema.Type = JsonSchemaType.String;
        if (schema.Description is { } description)
            schema.Description = Reference.Replace(description,
                match => $"`{char.ToLowerInvariant(match.Groups[1].Value[0])}{match.Groups[1].Value[1..]}`").ReplaceLineEndings(" ");
        // Null fields are left out of answers, and no request must send null.
        schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(member => member.IsGetNullable).Select(member => member.Name));
        if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Type == typeof(UserDocument))
            schema.Required = new HashSet<string>(schema.Required ?? new HashSet<string>()) { "id", "status" };
        if (context.JsonPropertyInfo is { } property)
            Restrict(schema, property.DeclaringType, property.Name);
        return Task.CompletedTask;
    }

    static void Restrict(OpenApiSchema schema, Type owner, string field)
    {
        _ = (owner.IsAssignableTo(typeof(UserSettings)) ? nameof(UserSettings) : owner.Name, field) switch
        {
            (nameof(UserSettings), "email") => Length(schema, 3, 254),
            (nameof(UserSettings), "frequencyMinutes") =>
                schema.Enum = [.. UserSettingsValidator.Frequencies.Order().Select(minutes => (JsonNode)JsonValue.Create(minutes))],
            (nameof(UserSettings), "digestHour" or "insightHour") or (nameof(QuietHours), _) => Range(schema, 0, 23),
            (nameof(UserSettings), "minutesBetweenMails") => Range(schema, 0, 1440),
            (nameof(UserSettings), "mailsPerDay") => Range(schema, 0, 720),
            (nameof(UserSettings), "timeZone") => Length(schema, 1, 64),
            (nameof(UserSettings), "language") => Length(schema, 2, 35),
            (nameof(UserSettings), "searches") => Items(schema, 1, UserSettingsValidator.DefaultMaximumSearches),
            (nameof(SearchSettings), "id") => schema.Pattern = "^s-[0-9a-f]{8}$",
            (nameof(SearchSettings), "phrase") => Length(schema, 1, SearchLimits.MaxPhrase),
            (nameof(SearchSettings), "marketplace") => schema.Enum = [.. Marketplaces.All.Select(id => (JsonNode)JsonValue.Create(id)!)],
            (nameof(SearchSettings), "category") => schema.Pattern = "^[0-9]{1,10}$",
            (nameof(SearchSettings), "locationCountry") => schema.Pattern = "^[A-Z]{2}$",
            (nameof(SearchSettings), "sellers" or "excludeSellers") or (nameof(SellerRules), "include" or "exclude") =>
                Items(schema, 0, SearchLimits.MaxSellers),
            (nameof(SearchSettings), "excludeWords" or "includeWords") => Items(schema, 0, SearchLimits.MaxExcludeWords),
            (nameof(SearchSettings), "excludeListings") => Items(schema, 0, SearchLimits.MaxExcludeListings),
            (nameof(SearchSettings), "conditionIds") => Items(schema, 0, SearchLimits.MaxConditionIds),
            (nameof(SearchSettings), "aspects") => Items(schema, 0, SearchLimits.MaxAspects),
            (nameof(SearchSettings), "channels") => Items(schema, 0, SearchLimits.MaxChannels),
            (nameof(AspectFilter), "name") => Length(schema, 1, SearchLimits.MaxAspectName),
            (nameof(AspectFilter), "values") => Items(schema, 1, SearchLimits.MaxAspectValues),
            (nameof(DeliverTo) or nameof(PickupPlace), "postalCode") => Length(schema, 3, SearchLimits.MaxPostalCode),
            (nameof(DeliverTo) or nameof(PickupPlace) or nameof(ItemLocation), "country") => schema.Pattern = "^[A-Z]{2}$",
            (nameof(PickupPlace), "radius") => Range(schema, 1, SearchLimits.MaxRadius),
            (nameof(PickupPlace), "unit") => schema.Enum = [JsonValue.Create("mi"), JsonValue.Create("km")],
            (nameof(SellerRules), "minPercent") => Range(schema, 0, 100),
            (nameof(SellerRules), "minRatings") => Range(schema, 0, SearchLimits.MaxRatings),
            (nameof(PriceRange), "min" or "max") => Range(schema, 0, SearchLimits.MaxAmount),
            (nameof(PriceRange), "currency") => schema.Pattern = "^[A-Z]{3}$",
            (nameof(AlertRules), "priceAtOrBelow" or "totalAtOrBelow" or "bidAtOrBelow" or "minimumChange") =>
                Range(schema, 0, SearchLimits.MaxAmount),
            (nameof(AlertRules), "dropPercent") => Range(schema, 0, SearchLimits.MaxDropPercent),
            (nameof(AlertRules), "rearmPercent") => Range(schema, 0, SearchLimits.MaxRearmPercent),
            (nameof(AlertRules), "endingWithinMinutes") => Range(schema, SearchLimits.MinLeadMinutes, SearchLimits.MaxLeadMinutes),
            (nameof(AlertRules), "maxBids") => Range(schema, 0, SearchLimits.MaxBids),
            (nameof(AlertRules), "cooldownHours") => Range(schema, 0, SearchLimits.MaxCooldownHours),
            (nameof(NotificationRecord), "kind") => schema.Enum = NamesOf(typeof(NotificationKind)),
            (nameof(NotificationRecord), "state") => schema.Enum = [JsonValue.Create("sent"), JsonValue.Create("waiting")],
            (nameof(UserDocument), "id") => schema.Pattern = "^u-[0-9a-f]{32}$",
            _ => (object?)null,
        };
    }

    static List<JsonNode> NamesOf(Type type) => [.. ApiNames.OfAll(type).Select(name => (JsonNode)JsonValue.Create(name)!)];

    static OpenApiSchema Length(OpenApiSchema schema, int minimum, int maximum)
    {
        (schema.MinLength, schema.MaxLength) = (minimum, maximum);
        return schema;
    }

    static OpenApiSchema Items(OpenApiSchema schema, int minimum, int maximum)
    {
        (schema.MinItems, schema.MaxItems) = (minimum, maximum);
        return schema;
    }

    static OpenApiSchema Range(OpenApiSchema schema, decimal minimum, decimal maximum)
    {
        (schema.Minimum, schema.Maximum) = (FormattableString.Invariant($"{minimum}"), FormattableString.Invariant($"{maximum}"));
        return schema;
    }

    /// <summary>
    /// The framework's form of a reference to a property. It includes its type and its class, which mean nothing to readers of the API.
    /// </summary>
    [GeneratedRegex(@"\b[A-Za-z]+\?? [A-Z]\w+\.([A-Z]\w+)\b")]
    private static partial Regex Reference { get; }
}
