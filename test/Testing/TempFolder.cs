namespace Alerts.Testing;

/// <summary>A new folder of its own, deleted with all it holds.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>The folder's full path. Short, since socket paths in it may be at most 107 characters long.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("alerts-").FullName;

    /// <summary>The path of a file or folder inside.</summary>
    public string this[string name] => Path.Combine(FullPath, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
