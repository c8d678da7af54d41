using Alerts.Gateway.Requests.Json;
using Alerts.Settings.Validation;

namespace Alerts.Gateway.Requests.Operations;

/// <summary>Names of enumeration values in query strings, spelt as in JSON.</summary>
static class QueryNames
{
    /// <summary>The value that a parameter names. Null when it is absent, and for an unknown name, which adds an error.</summary>
    public static T? Read<T>(string parameter, string? name, FieldErrors errors) where T : struct, Enum
    {
        if (name is null)
            return null;
        if (ApiNames.Find(typeof(T), name) is T value)
            return value;
        errors.Add(parameter, $"Must be one of {string.Join(", ", ApiNames.OfAll(typeof(T)))}.");
        return null;
    }
}
