using Alerts.Sql;

namespace Alerts.Silo.Databases;

/// <summary>People's data is only for the service's own account: folders 0700, files 0600.</summary>
static class OwnerOnly
{
    const UnixFileMode FileOfOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Closes a data directory and its files, also those of an earlier release, to other accounts of the machine.</summary>
    public static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            File.SetUnixFileMode(directory, FileOfOwner | UnixFileMode.UserExecute);
        }
        catch (UnauthorizedAccessException)
        {
            // The folder of a volume may belong to another account; the files in it are ours.
        }

        // SQLite gives the files beside a database the database's mode.
        foreach (var database in (string[])[DatabaseKeys.Alerts, DatabaseKeys.Shared])
            using (File.Open(Path.Combine(directory, $"{database}.db"),
                new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite,
                    UnixCreateMode = FileOfOwner }))
            {
            }

        foreach (var file in Directory.EnumerateFiles(directory))
            File.SetUnixFileMode(file, FileOfOwner);
    }
}
