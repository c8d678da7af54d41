using System.Text.RegularExpressions;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

public sealed partial class ReadmeTests
{
    static readonly string[] projects = ["Gateway", "Silo", "Grains", "Grains.Interfaces"];

    [Fact]
    public void The_map_names_every_folder_of_the_source_and_no_other()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.FullPath, "README.md"));
        var parts = Regex.Split(readme[readme.IndexOf("| folder |", StringComparison.Ordinal)..], @"\*\*`(?:src/)?");
        foreach (var project in projects)
        {
            var part = parts.Single(part => part.StartsWith(project + "`", StringComparison.Ordinal));
            var named = Rows().Matches(part).SelectMany(row => Names().Matches(row.Groups["names"].Value)).Select(name => name.Groups["name"].Value);
            var folders = new DirectoryInfo(Path.Combine(RepositoryRoot.FullPath, "src", project)).EnumerateDirectories()
                .Where(folder => folder.EnumerateFiles("*.*", SearchOption.AllDirectories).Any(file => file.Extension is ".cs" or ".sql" or ".razor"))
                .Select(folder => folder.Name).Where(name => name is not ("bin" or "obj"));

            Assert.Equal(folders.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>The first cell of a row; for the project that fits on one row, what it says after a colon.</summary>
    [GeneratedRegex(@"^\| (?<names>`[^|]*) \||: (?<names>`.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*)`")]
    private static partial Regex Names();
}
