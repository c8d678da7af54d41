using System.Text.Json;

namespace Alerts.Cli;

/// <summary>The file beside a list of users that says where to go on, and how files with personal data are made.</summary>
static class Mark
{
    /// <summary>The place; null when there is no such file.</summary>
    public static T? Read<T>(string path) where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            throw new ApiException($"{path} says no place to go on from; name another file.");
        }
    }

    /// <summary>Whole or not at all.</summary>
    public static void Write<T>(string path, T place)
    {
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(place));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Personal data: for its owner alone.</summary>
    public static FileStream OpenFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
