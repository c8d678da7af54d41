using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Testing;

namespace Alerts.EndToEnd.Documents;

public sealed class NoticesTests
{
    [Fact]
    public void The_notices_name_every_package_that_is_shipped_and_no_other()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.FullPath, "src", "Gateway", "obj", "project.assets.json")));
        var shipped = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
            .Where(package => package.Value.GetProperty("type").GetString() is "package"
                && (package.Value.TryGetProperty("runtime", out _) || package.Value.TryGetProperty("runtimeTargets", out _)))
            .Select(package => package.Name.Split('/')[0]);
        var named = File.ReadLines(Path.Combine(RepositoryRoot.FullPath, "THIRD-PARTY-NOTICES.md"))
            .Where(line => Regex.IsMatch(line, @"^\| (?!licence|--)")).SelectMany(line => line.Split('|')[3].Split(',')).Select(name => name.Trim());

        Assert.Equal(shipped.Order(StringComparer.OrdinalIgnoreCase), named.Order(StringComparer.OrdinalIgnoreCase));
    }
}
