using Alerts.Gateway.Errors;

namespace Alerts.Gateway.Requests;

/// <summary>Names of enumeration values in query strings, spelt as in JSON.</summary>
static class QueryNames
{
    /// <summary>The value a parameter names; null when it is absent.</summary>
    /// <exception cref="InvalidRequestException">400 for another name.</exception>
    public static T? Read<T>(string parameter, string? name) where T : struct, Enum
    {
        if (name is null)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.JsonName() == name)
                return value;
        }

        throw new InvalidRequestException(StatusCodes.Status400BadRequest, "The filter is not valid.", new Dictionary<string, string[]>
        {
            [parameter] = [$"Must be one of {string.Join(", ", JsonNames.AllOf<T>())}."],
        });
    }
}
