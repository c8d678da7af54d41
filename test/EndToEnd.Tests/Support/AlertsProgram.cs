using Alerts.Testing;

namespace Alerts.EndToEnd.Support;

/// <summary>A program of the same build as these tests, as a process of its own.</summary>
static class AlertsProgram
{
    public static ChildProcess Start(string project, string assembly, TempFolder folder, Dictionary<string, string?> environment, params string[] arguments)
    {
        // bin/<configuration>/<framework>, as of the tests themselves.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(RepositoryRoot.FullPath, project, "bin", output.Parent!.Name, output.Name, $"{assembly}.dll");
        return ChildProcess.Start("dotnet", [program, .. arguments], environment, folder.FullPath);
    }
}
