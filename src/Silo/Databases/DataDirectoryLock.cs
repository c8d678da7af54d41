namespace Alerts.Silo.Databases;

/// <summary>
/// Keeps a second process away from the data directory: two embedded silos on the same files would each own every reminder. The operating
/// system releases the lock when the process ends in any way.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    readonly FileStream file;

    DataDirectoryLock(string directory, FileStream file) => (Directory, this.file) = (directory, file);

    /// <summary>The directory's full path.</summary>
    public string Directory { get; }

    /// <summary>Creates the directory if it is missing, and locks it.</summary>
    /// <exception cref="DataDirectoryException">Another host holds the directory, or it cannot be written.</exception>
    public static DataDirectoryLock Acquire(string directory)
    {
        var path = Path.GetFullPath(directory);
        try
        {
            System.IO.Directory.CreateDirectory(path);
            var file = new FileStream(Path.Combine(path, "alerts.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            OwnerOnly.Make(path);
            return new(path, file);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new DataDirectoryException($"The data directory {path} cannot be written; set Alerts__DataDirectory to one that can.",
                error);
        }
        catch (IOException error)
        {
            throw new DataDirectoryException(
                $"The data directory {path} is in use by another running instance, or cannot be written: {error.Message} " +
                "Stop that instance, or set Alerts__DataDirectory to another directory.", error);
        }
    }

    public void Dispose() => file.Dispose();
}
