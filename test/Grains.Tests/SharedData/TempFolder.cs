namespace Alerts.Tests.SharedData;

/// <summary>A new folder, deleted with all it holds.</summary>
sealed class TempFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("alerts-").FullName;

    public string this[string name] => Path.Combine(path, name);

    public void Dispose() => Directory.Delete(path, recursive: true);
}
