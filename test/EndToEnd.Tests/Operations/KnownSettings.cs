using System.Reflection;
using Alerts.Configuration;
using Alerts.Gateway;
using Alerts.Silo;

namespace Alerts.EndToEnd.Operations;

/// <summary>The settings there are, by the names of their environment variables.</summary>
static class KnownSettings
{
    static readonly Assembly[] assemblies =
        [typeof(AlertsOptions).Assembly, typeof(GrainsHosting).Assembly, typeof(SiloHosting).Assembly, typeof(GatewayHosting).Assembly];

    static readonly HashSet<string> all =
    [
        .. from type in assemblies.SelectMany(assembly => assembly.GetTypes())
           where type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal)
               && type.Namespace?.StartsWith("Alerts", StringComparison.Ordinal) == true
           let section = type.GetField("Section")?.GetRawConstantValue() as string ?? AlertsOptions.Section
           from property in type.GetProperties()
           select $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}",
    ];

    /// <summary>Those of our names that are no setting.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith("Alerts__", StringComparison.Ordinal)).Select(WithoutIndex).Where(name => !all.Contains(name));

    static string WithoutIndex(string name) => name.Split("__") is [.. var parts, var last] && int.TryParse(last, out _) ? string.Join("__", parts) : name;
}
