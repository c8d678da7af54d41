using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary>
/// <c>alerts export FILE</c>: all users and their settings, one JSON document a line. Where it was broken off it goes on: beside the file is a
/// second one with the next page's cursor and the length up to there, written after each page. In memory is one page at a time.
/// </summary>
static class ExportCommand
{
    const int PageSize = 100;

    public static void Add(RootCommand root, CommandRun run)
    {
        var file = new Argument<string>("file") { Description = "Where to. One that is there goes on where it was broken off." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Count the users and write nothing." };
        var export = new Command("export", "All users and their settings as JSON lines.") { file, dryRun };
        root.Add(export);
        export.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = run.Connect(parsed);
            var count = parsed.GetValue(dryRun)
                ? await CountAsync(api, cancellationToken)
                : await WriteAsync(api, parsed.GetValue(file)!, cancellationToken);
            run.Show(parsed, JsonSerializer.SerializeToElement(new { users = count }), _ => run.Output.WriteLine($"{count} users."));
        });
    }

    static async Task<long> CountAsync(Api api, CancellationToken cancellationToken)
    {
        long count = 0;
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await PageAsync(api, cursor, cancellationToken);
            count += page.Items().Count();
            cursor = page.Text("next");
        }

        return count;
    }

    static async Task<long> WriteAsync(Api api, string path, CancellationToken cancellationToken)
    {
        var mark = path + ".next";
        var place = Read(mark);
        if (place is null && File.Exists(path))
            throw new ApiException($"{path} is there and whole; name another file.");
        place ??= new Place("", 0, 0);
        // Before the file is there: one without a place beside it counts as whole.
        Write(mark, place);
        await using var file = Open(path);
        // What came after the last whole page is of a page broken off.
        file.SetLength(place.Length);
        file.Seek(0, SeekOrigin.End);
        while (place.Cursor is { } cursor)
        {
            var page = await PageAsync(api, cursor, cancellationToken);
            var lines = new StringBuilder();
            var count = place.Users;
            foreach (var user in page.Items())
            {
                lines.Append(JsonSerializer.Serialize(user)).Append('\n');
                count++;
            }

            await file.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), cancellationToken);
            await file.FlushAsync(cancellationToken);
            place = new Place(page.Text("next"), file.Length, count);
            Write(mark, place);
        }

        File.Delete(mark);
        return place.Users;
    }

    /// <summary>Personal data: for its owner alone.</summary>
    static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    static Task<JsonElement> PageAsync(Api api, string cursor, CancellationToken cancellationToken) => api.GetAsync(
        $"/v1/users?limit={PageSize}{(cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}", cancellationToken);

    static Place? Read(string mark)
    {
        try
        {
            return File.Exists(mark) ? JsonSerializer.Deserialize<Place>(File.ReadAllText(mark)) : null;
        }
        catch (JsonException)
        {
            throw new ApiException($"{mark} says no place to go on from; name another file.");
        }
    }

    /// <summary>Whole or not at all.</summary>
    static void Write(string mark, Place place)
    {
        File.WriteAllText(mark + ".new", JsonSerializer.Serialize(place));
        File.Move(mark + ".new", mark, overwrite: true);
    }

    /// <param name="Cursor">Of the next page; empty for the first, null when there is none.</param>
    /// <param name="Length">Of the file, up to there.</param>
    /// <param name="Users">Written up to there.</param>
    sealed record Place(string? Cursor, long Length, long Users);
}
