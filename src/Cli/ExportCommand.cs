using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary>
/// <c>alerts export FILE</c>: all users and their settings, one JSON document on each line. After an interruption it continues. A second
/// file beside the export has the next page's cursor and the length up to there, and is written after each page. Memory holds one page at a
/// time.
/// </summary>
static class ExportCommand
{
    const int PageSize = 100;

    public static void Add(RootCommand root, CommandRun run)
    {
        var file = new Argument<string>("file") { Description = "The file to write. An interrupted export continues." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Count the users and write nothing." };
        var export = new Command("export", "All users and their settings as JSON lines.") { file, dryRun };
        root.Add(export);
        export.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = run.Connect(parsed);
            var count = await run.WithProgressAsync("Users", async done =>
            {
                var all = await AboutAsync(api, cancellationToken);
                void Show(long users) => done(Math.Min(1, (double)users / Math.Max(all, users + 1)));
                return parsed.GetValue(dryRun)
                    ? await CountAsync(api, Show, cancellationToken)
                    : await WriteAsync(api, parsed.GetValue(file)!, Show, cancellationToken);
            });
            run.Show(parsed, JsonSerializer.SerializeToElement(new { users = count }), _ => run.Output.WriteLine($"{count} users."));
        });
    }

    /// <summary>How many users there are, as far as the cluster knows without reading them; 0 when it does not say.</summary>
    static async Task<long> AboutAsync(Api api, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.GetAsync("/v1/cluster", cancellationToken)).Items("shards")
                .Sum(shard => shard.Find("users")?.GetInt64() ?? 0);
        }
        catch (ApiException)
        {
            return 0;
        }
    }

    static async Task<long> CountAsync(Api api, Action<long> show, CancellationToken cancellationToken)
    {
        long count = 0;
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await PageAsync(api, cursor, cancellationToken);
            show(count += page.Items().Count());
            cursor = page.Text("next");
        }

        return count;
    }

    static async Task<long> WriteAsync(Api api, string path, Action<long> show, CancellationToken cancellationToken)
    {
        var mark = path + ".next";
        var place = Mark.Read<Place>(mark);
        if (place is null && File.Exists(path))
            throw new ApiException($"{path} is there and whole; name another file.");
        place ??= new Place("", 0, 0);
        // Before the file is there: one without a place beside it counts as whole.
        Mark.Write(mark, place);
        await using var file = Mark.OpenFile(path);
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
            Mark.Write(mark, place);
            show(count);
        }

        File.Delete(mark);
        return place.Users;
    }

    static Task<JsonElement> PageAsync(Api api, string cursor, CancellationToken cancellationToken) => api.GetAsync(
        $"/v1/users?limit={PageSize}{(cursor.Length == 0 ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}", cancellationToken);

    /// <param name="Cursor">Of the next page; empty for the first, null when there is none.</param>
    /// <param name="Length">Of the file, up to there.</param>
    /// <param name="Users">Written up to there.</param>
    sealed record Place(string? Cursor, long Length, long Users);
}
