using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Alerts.Settings;

/// <summary>The names of enumeration values as JSON and eBay spell them.</summary>
public static class JsonNames
{
    static readonly ConcurrentDictionary<Enum, string> names = new();

    /// <summary>The name of a value.</summary>
    public static string JsonName(this Enum value) => names.GetOrAdd(value, static value =>
        value.GetType().GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString());

    /// <summary>The names of all values, in their order.</summary>
    public static IReadOnlyList<string> AllOf<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => value.JsonName())];
}
