namespace Alerts.Testing;

/// <summary>Finds the repository around the built tests.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder of <c>Alerts.sln</c>.</summary>
    public static string FullPath { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"No Alerts.sln above {AppContext.BaseDirectory}."),
        _ when File.Exists(Path.Combine(folder.FullName, "Alerts.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
