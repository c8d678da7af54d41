using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Alerts.Gateway.Errors;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Microsoft.Extensions.Options;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// Makes values of JSON documents and tells everything that is wrong with one at once: the fields that do not fit the contract and, of what
/// does fit, those that break a rule.
/// </summary>
sealed class DocumentReader
{
    readonly JsonSerializerOptions contract;
    readonly JsonSerializerOptions withGaps;
    readonly int maximumSearches;

    public DocumentReader(IOptions<HttpJsonOptions> json, IOptions<GatewayOptions> gateway)
    {
        contract = json.Value.SerializerOptions;
        // Reads what is left of a document without the fields that do not fit.
        withGaps = new JsonSerializerOptions(contract) { RespectNullableAnnotations = false, RespectRequiredConstructorParameters = false };
        withGaps.TypeInfoResolver = withGaps.TypeInfoResolver!.WithAddedModifier(static type =>
        {
            foreach (var property in type.Properties)
                property.IsRequired = false;
        });
        maximumSearches = gateway.Value.MaxSearches;
    }

    /// <summary>The value of a document.</summary>
    /// <exception cref="InvalidRequestException">400 with every field that is wrong.</exception>
    public T Read<T>(JsonElement json) => Make<T>(json, JsonShape.Check(json, ContractOf<T>()));

    /// <summary>A value as a merge patch changes it.</summary>
    /// <exception cref="InvalidRequestException">400 with every field that is wrong, in the patch or in what it leads to.</exception>
    public T Patch<T>(T value, JsonElement patch)
    {
        var type = ContractOf<T>();
        var patched = MergePatch.Apply(JsonSerializer.SerializeToElement(value, type), patch);
        var misfits = new Dictionary<string, string[]>(JsonShape.Check(patched, type));
        // What a patch removes does not show in what it leads to.
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

        var rest = JsonShape.WhatFits(json, type);
        // A field that does not fit breaks no rule as well, and one that lacks a part, such as a price range, is not judged.
        var broken = rest is null ? [] : BrokenRules(rest.Deserialize<T>(withGaps)!).Where(rule => !misfits.Keys.Any(path => path == rule.Key || path.StartsWith(rule.Key + '.', StringComparison.Ordinal)));
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
