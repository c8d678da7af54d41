using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Gateway;
using Alerts.Silo;
using Alerts.Testing;

namespace Alerts.EndToEnd.Operations;

/// <summary>docs/OPERATIONS.md has every setting, with the default it really has, and none that there is not.</summary>
public sealed partial class Settings
{
    static readonly Assembly[] assemblies = [typeof(AlertsOptions).Assembly, typeof(GrainsHosting).Assembly, typeof(SiloHosting).Assembly, typeof(GatewayHosting).Assembly];

    [Fact]
    public void Each_is_documented_with_its_default()
    {
        var settings = Defaults();
        var rows = Rows();

        Assert.Contains("Alerts__Mode", settings.Keys);
        Assert.Contains("Alerts__Email__Host", settings.Keys);
        Assert.Empty(settings.Keys.Except(rows.Keys));
        Assert.Empty(rows.Keys.Except(settings.Keys));
        Assert.Equal(settings.OrderBy(setting => setting.Key), rows.OrderBy(row => row.Key));
    }

    /// <summary>Each setting's name in the environment, and its default as the document writes it.</summary>
    static Dictionary<string, string> Defaults() => (
        from options in assemblies.SelectMany(assembly => assembly.GetTypes())
        where options.Name.EndsWith("Options", StringComparison.Ordinal) && options is { IsClass: true, IsAbstract: false } && options.Namespace!.StartsWith("Alerts", StringComparison.Ordinal)
        let section = options.GetField("Section")?.GetRawConstantValue() as string ?? AlertsOptions.Section
        let instance = Activator.CreateInstance(options)
        from property in options.GetProperties()
        let isList = property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string)
        select KeyValuePair.Create(
            $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}{(isList ? "__0" : "")}",
            isList ? "none" : Written(property.GetValue(instance)))).ToDictionary();

    static string Written(object? value) => value switch
    {
        null => "none",
        "" => "required",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time.ToString("c", CultureInfo.InvariantCulture)}`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    static Dictionary<string, string> Rows() =>
        Row().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.FullPath, "docs", "OPERATIONS.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["default"].Value);

    [GeneratedRegex(@"^\| `(?<name>Alerts__\w+)` \| (?<default>[^|]*) \| [^|]{10,} \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
