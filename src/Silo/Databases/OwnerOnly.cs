using Alerts.Sql;

namespace Alerts.Silo.Databases;

/// <summary>What people told the service is for its own account alone: folders 0700, files 0600.</summary>
static class OwnerOnly
{
    const UnixFileMode FileOfOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Closes a data directory, and what is in it from an earlier release, to other accounts of the machine.</summary>
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
            // The folder of a volume may be another account's; the files in it are ours.
        }

        // SQLite gives the files beside a database the mode of the database.
        foreach (var database in (string[])[DatabaseKeys.Alerts, DatabaseKeys.Shared])
            using (File.Open(Path.Combine(directory, $"{database}.db"), new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = FileOfOwner }))
            {
            }

        foreach (var file in Directory.EnumerateFiles(directory))
            File.SetUnixFileMode(file, FileOfOwner);
    }
}
