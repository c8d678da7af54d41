using Alerts.Settings;
using Alerts.Settings.Validation;

namespace Alerts.Gateway.Requests.Operations;

/// <summary>Names of enumeration values in query strings, spelt as in JSON.</summary>
static class QueryNames
{
    /// <summary>The value a parameter names; null when it is absent, or names none, which is an error.</summary>
    public static T? Read<T>(string parameter, string? name, FieldErrors errors) where T : struct, Enum
    {
        if (name is null)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.JsonName() == name)
                return value;
        }

        errors.Add(parameter, $"Must be one of {string.Join(", ", JsonNames.AllOf<T>())}.");
        return null;
    }
}
