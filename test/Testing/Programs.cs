namespace Alerts.Testing;

/// <summary>Programs that tests start but the repository does not bring.</summary>
public static class Programs
{
    /// <summary>
    /// The path of a program. A test that lacks it is skipped with the reason; where <c>CI=true</c> it fails, since there nothing may go untested.
    /// </summary>
    public static string Require(string program)
    {
        if (Find(program) is { } path)
            return path;

        var reason = $"{program} is not installed: neither on PATH nor in /usr/sbin.";
        if (Environment.GetEnvironmentVariable("CI") is "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
        return null;
    }

    static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
