using System.Text.RegularExpressions;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

public sealed partial class DecisionsTests
{
    static readonly string folder = Path.Combine(RepositoryRoot.FullPath, "docs", "decisions");

    public static TheoryData<string> Decisions => [.. Directory.GetFiles(folder, "0*.md").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Decisions))]
    public void A_decision_has_number_status_date_and_three_parts(string file)
    {
        var text = File.ReadAllText(Path.Combine(folder, file));

        Assert.Matches($@"\A# {int.Parse(file[..4], null)}\. [^\n]+\n\nStatus: (accepted|replaced by \d+), \d{{4}}-\d\d-\d\d\n\n## Context\n", text);
        Assert.Equal(["Context", "Decision", "Consequences"], Heading().Matches(text).Select(heading => heading.Groups["name"].Value));
    }

    [Fact]
    public void The_index_names_each_decision_with_its_title_status_and_date()
    {
        var expected = Decisions.Select(decision => decision.Data).Select(file =>
        {
            var lines = File.ReadAllLines(Path.Combine(folder, file));
            var status = lines[2]["Status: ".Length..].Split(", ");
            var title = lines[0].Split(". ", 2);
            return $"| [{title[0][2..]}]({file}) | {title[1]} | {status[0]} | {status[1]} |";
        });

        Assert.Equal(expected, File.ReadAllLines(Path.Combine(folder, "README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal)));
    }

    [GeneratedRegex("^## (?<name>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
