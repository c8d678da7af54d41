using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Gateway;
using Alerts.Silo;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

/// <summary>docs/operations/settings.md says of every setting what its property says, and names none that there is not.</summary>
public sealed partial class SettingsDocumentTests
{
    static readonly Assembly[] assemblies =
        [typeof(AlertsOptions).Assembly, typeof(GrainsHosting).Assembly, typeof(SiloHosting).Assembly, typeof(GatewayHosting).Assembly];

    [Fact]
    public void Each_setting_is_documented_with_its_default_and_the_sentences_of_its_property()
    {
        var settings = assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsOptions).SelectMany(Rows).Order(StringComparer.Ordinal).ToList();
        var document = File.ReadAllLines(Document).Where(line => Row().IsMatch(line)).Order(StringComparer.Ordinal).ToList();

        Assert.Contains(settings, row => row.StartsWith("| `Alerts__Email__Host` | required | ", StringComparison.Ordinal));
        Assert.True(settings.SequenceEqual(document), $"""
            Add to {Document}, under the heading where it belongs:
            {string.Join('\n', settings.Except(document))}
            and take out:
            {string.Join('\n', document.Except(settings))}
            """);
    }

    static string Document => Path.Combine(RepositoryRoot.FullPath, "docs", "operations", "settings.md");

    static bool IsOptions(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal)
        && type.Namespace?.StartsWith("Alerts", StringComparison.Ordinal) == true;

    static IEnumerable<string> Rows(Type options)
    {
        var section = options.GetField("Section")?.GetRawConstantValue() as string ?? AlertsOptions.Section;
        var source = File.ReadAllText(Directory.GetFiles(
            Path.Combine(RepositoryRoot.FullPath, "src"), $"{options.Name}.cs", SearchOption.AllDirectories).Single());
        var instance = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties())
        {
            var isList = property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string);
            var name = $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}{(isList ? "__0" : "")}";
            yield return $"| `{name}` | {(isList ? "none" : Written(property.GetValue(instance)))} | {Summary(source, property.Name)} |";
        }
    }

    static string Written(object? value) => value switch
    {
        null => "none",
        "" => "required",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time.ToString("c", CultureInfo.InvariantCulture)}`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    /// <summary>The property's summary as Markdown.</summary>
    static string Summary(string source, string property)
    {
        var lines = source.Split('\n').Select(line => line.Trim()).ToList();
        var declaration = lines.FindIndex(line => Regex.IsMatch(line, $@"^public .*\b{property} {{ get;"));
        var comment = lines[..declaration].AsEnumerable().Reverse().SkipWhile(line => line.StartsWith('['))
            .TakeWhile(line => line.StartsWith("///", StringComparison.Ordinal)).Reverse().Select(line => line[3..].Trim());
        var text = SummaryTag().Match(string.Join(' ', comment)).Groups["text"].Value.Trim();
        return WebUtility.HtmlDecode(CodeTag().Replace(text, match => $"`{match.Groups["code"].Value}`"));
    }

    [GeneratedRegex(@"^\| `Alerts__\w+` \|")]
    private static partial Regex Row();

    [GeneratedRegex("<summary>(?<text>.*?)</summary>")]
    private static partial Regex SummaryTag();

    [GeneratedRegex("""<c>(?<code>.*?)</c>|<see cref="(\w+\.)*(?<code>.*?)" ?/>|<see href="(?<code>.*?)" ?/>""")]
    private static partial Regex CodeTag();
}
