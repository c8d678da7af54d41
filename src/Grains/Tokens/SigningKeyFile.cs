using System.Security.Cryptography;

namespace Alerts.Tokens;

/// <summary>The signing key of an embedded service whose settings give none: made once, kept beside its databases, readable by its owner only.</summary>
static class SigningKeyFile
{
    const string Name = "signing-key";
    const int KeyBytes = 32;

    // .NET moves a file to a free name in two steps, a look and a rename, between which another one may take the name. Other processes have no
    // part in it: the data directory is one silo's.
    static readonly Lock making = new();

    /// <summary>The key of a data directory, which is made first when it is not there.</summary>
    public static string ReadOrCreate(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        var path = Path.Combine(dataDirectory, Name);
        lock (making)
        {
            if (!File.Exists(path))
                Create(path);
        }

        return File.ReadAllText(path).Trim();
    }

    /// <summary>Written whole under another name first, so that a crash in between leaves no half key; who comes second takes the first one's.</summary>
    static void Create(string path)
    {
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
