using System.Text.RegularExpressions;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

public sealed partial class LinksTests
{
    static readonly string[] folders = ["docs", "demo", ".github"];

    [Fact]
    public void Every_relative_link_of_a_document_leads_to_a_file_or_folder()
    {
        var documents = Directory.GetFiles(RepositoryRoot.FullPath, "*.md").Concat(folders.SelectMany(folder =>
            Directory.GetFiles(Path.Combine(RepositoryRoot.FullPath, folder), "*.md", SearchOption.AllDirectories))).ToList();

        var broken = documents.SelectMany(document => Link().Matches(File.ReadAllText(document)).Select(link => link.Groups["path"].Value)
            .Where(path => !path.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, path)))
            .Select(path => $"{Path.GetRelativePath(RepositoryRoot.FullPath, document)}: {path}"));

        Assert.InRange(documents.Count, 30, 1_000);
        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\]\((?<path>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
