using System.Text.Json;
using Alerts.Settings.Validation;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// Finds invalid strings: a single escape such as <c>\ud800</c> is half a character, which every later reader would refuse.
/// </summary>
static class JsonText
{
    /// <summary>The paths of all names and strings with half a character; empty when there is none.</summary>
    public static IReadOnlyDictionary<string, string[]> Check(JsonElement json)
    {
        var errors = new FieldErrors(maximum: 50);
        Check(json, JsonPath.Root, errors);
        return errors.ToDictionary();
    }

    static void Check(JsonElement json, string path, FieldErrors errors)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String when !IsWhole(() => json.GetString()):
                errors.Add(path, "Holds half a character.");
                break;
            case JsonValueKind.Array:
                foreach (var (index, element) in json.EnumerateArray().Index())
                    Check(element, JsonPath.Element(path, index), errors);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    if (IsWhole(() => member.Name))
                        Check(member.Value, JsonPath.Member(path, member.Name), errors);
                    else
                        errors.Add(path, "Holds a name with half a character.");
                }

                break;
        }
    }

    static bool IsWhole(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            // Reading the string is the only way to find out.
            return false;
        }
    }
}
