using System.Text.RegularExpressions;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

public sealed partial class TestNamesTests
{
    [Fact]
    public void A_class_with_tests_that_runs_ends_in_Tests()
    {
        var sources = Directory.GetFiles(Path.Combine(RepositoryRoot.FullPath, "test"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();

        var others = sources.Where(source => Test().IsMatch(source)).SelectMany(source => Class().Matches(source)).Select(match => match.Groups["name"].Value)
            .Where(name => !name.EndsWith("Tests", StringComparison.Ordinal));

        Assert.Empty(others);
    }

    [GeneratedRegex(@"^    \[(Fact|Theory)", RegexOptions.Multiline)]
    private static partial Regex Test();

    /// <summary>The first class of a file; one that is abstract runs under the names of others.</summary>
    [GeneratedRegex(@"\A(?:(?!^(?:public |internal )).*\n)*^(?:public |internal )(?!abstract)(?:sealed |partial )*class (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();
}
