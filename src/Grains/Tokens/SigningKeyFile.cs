using System.Security.Cryptography;

namespace Alerts.Tokens;

/// <summary>
/// The signing key of an embedded service without a configured one. It is made once and stored beside the databases, readable only by its
/// owner.
/// </summary>
static class SigningKeyFile
{
    const string Name = "signing-key";
    const int KeyBytes = 32;

    // .NET moves a file to a free name in two steps, a check and a rename. Between them another thread may take the name. Other processes
    // do not: the data directory belongs to one silo.
    static readonly Lock making = new();

    /// <summary>The key of a data directory. If there is none, it is created.</summary>
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

    /// <summary>
    /// The file is first written completely under another name, so that a crash leaves no half key. The second of two creators uses the key
    /// of the first.
    /// </summary>
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
