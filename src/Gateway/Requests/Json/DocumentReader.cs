using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Alerts.Gateway.Errors;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Microsoft.Extensions.Options;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// Reads values from JSON documents, and reports all errors of a document at once: fields that do not fit the contract, and fitting fields
/// that break a rule.
/// </summary>
sealed class DocumentReader
{
    readonly JsonSerializerOptions contract;
    readonly JsonSerializerOptions withGaps;
    readonly int maximumSearches;

    public DocumentReader(IOptions<HttpJsonOptions> json, IOptions<GatewayOptions> gateway)
    {
        contract = json.Value.SerializerOptions;
        // Reads the rest of a document, without the fields that do not fit.
        withGaps = new JsonSerializerOptions(contract) { RespectNullableAnnotations = false, RespectRequiredConstructorParameters = false };
        withGaps.TypeInfoResolver = withGaps.TypeInfoResolver!.WithAddedModifier(static type =>
        {
            foreach (var property in type.Properties)
                property.IsRequired = false;
        });
        maximumSearches = gateway.Value.MaxSearches;
    }

    /// <summary>Reads the value of a document.</summary>
    /// <exception cref="InvalidRequestException">400 with every wrong field.</exception>
    public T Read<T>(JsonElement json) => Make<T>(json, JsonShape.Check(json, ContractOf<T>()));

    /// <summary>Applies a merge patch to a value.</summary>
    /// <exception cref="InvalidRequestException">400 with every wrong field of the patch or of its result.</exception>
    public T Patch<T>(T value, JsonElement patch)
    {
        var type = ContractOf<T>();
        var patched = MergePatch.Apply(JsonSerializer.SerializeToElement(value, type), patch);
        var misfits = new Dictionary<string, string[]>(JsonShape.Check(patched, type));
        // Fields that a patch removes are missing in its result, so the patch itself is checked too.
        foreach (var (path, messages) in JsonShape.Check(patch, type, isPatch: true))
            misfits[path] = messages;
        return Make<T>(patched, misfits);
    }

    T Make<T>(JsonElement json, IReadOnlyDictionary<string, string[]> misfits)
    {
        var type = ContractOf<T>();
        if (misfits.Count == 0)
        {
            var value = json.Deserialize(type)!;
            JsonRequest.ThrowIfAny(BrokenRules(value));
            return value;
        }

        var rest = JsonShape.FittingParts(json, type);
        // A field that does not fit is not judged by rules too. Nor is one with a missing part, such as a price range.
        var broken = rest is null
            ? [] : BrokenRules(rest.Deserialize<T>(withGaps)!)
            .Where(rule => !misfits.Keys.Any(path => path == rule.Key || path.StartsWith(rule.Key + '.', StringComparison.Ordinal)));
        throw JsonRequest.Invalid(misfits.Concat(broken).OrderBy(error => error.Key, StringComparer.Ordinal).ToDictionary());
    }

    IReadOnlyDictionary<string, string[]> BrokenRules(object value) => value switch
    {
        UserSettings settings => UserSettingsValidator.Validate(settings, maximumSearches),
        SearchSettings search => UserSettingsValidator.Validate(search),
        _ => new Dictionary<string, string[]>(),
    };

    JsonTypeInfo<T> ContractOf<T>() => (JsonTypeInfo<T>)contract.GetTypeInfo(typeof(T));
}
