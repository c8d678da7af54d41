namespace Alerts.Demo.Tests.Support;

/// <summary>Files of the repository, found upward from the test assembly.</summary>
static class RepositoryFiles
{
    public static string EbaySamples { get; } = Path.Combine(Root(), "test", "ebay-samples");

    static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Alerts.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("No Alerts.sln above the test assembly.");
    }
}
