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

    [Fact]
    public void The_places_to_look_first_are_there()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.FullPath, "README.md"));
        var table = readme[readme.IndexOf("| question |", StringComparison.Ordinal)..readme.IndexOf("| folder |", StringComparison.Ordinal)];
        var places = Places().Matches(table);

        Assert.NotEmpty(places);
        Assert.All(places, place =>
        {
            var path = Path.Combine(RepositoryRoot.FullPath, "src", place.Groups["path"].Value);
            Assert.True(Directory.Exists(path) || File.Exists(path + ".cs"), path);
            if (place.Groups["member"].Value is { Length: > 0 } member)
                Assert.Contains(member, File.ReadAllText(path + ".cs"), StringComparison.Ordinal);
        });
    }

    /// <summary>The first cell of a row; for the project that fits on one row, what it says after a colon.</summary>
    [GeneratedRegex(@"^\| (?<names>`[^|]*) \||: (?<names>`.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    /// <summary>A folder or a class, and perhaps a member of the class.</summary>
    [GeneratedRegex("`(?<path>[A-Z][A-Za-z.]*(/[A-Za-z]+)+)`(, `(?<member>[A-Z][A-Za-z]*)`)?")]
    private static partial Regex Places();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*)`")]
    private static partial Regex Names();
}
