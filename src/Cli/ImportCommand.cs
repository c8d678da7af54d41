using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary>
/// <c>alerts import FILE</c>: the users of an export, under their ids. Where it was broken off it goes on: beside the file is a second one
/// with the number of lines that are done, written after each batch; a line that is done twice changes nothing. In memory is one batch at a
/// time.
/// </summary>
static class ImportCommand
{
    const int BatchSize = 100;

    /// <summary>Requests at a time.</summary>
    const int AtOnce = 8;

    public static void Add(RootCommand root, CommandRun run)
    {
        var file = new Argument<string>("file") {
            Description = "What `alerts export` wrote. Started again, an import goes on where it was broken off." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Let the service look at every line and write nothing." };
        var import = new Command("import", "Take over users and their settings from JSON lines.") { file, dryRun };
        root.Add(import);
        import.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = run.Connect(parsed);
            var path = parsed.GetValue(file)!;
            var all = Math.Max(1, new FileInfo(path) is { Exists: true } found ? found.Length
                : throw new ApiException($"There is no file {path}."));
            var done = await run.WithProgressAsync("Users", show =>
                ImportAsync(api, path, parsed.GetValue(dryRun), bytes => show(Math.Min(1, (double)bytes / all)), cancellationToken));
            run.Show(parsed,
                JsonSerializer.SerializeToElement(new { added = done.Added, present = done.Present, refused = done.Refused }), _ =>
            {
                run.Output.WriteLine(
                    $"{done.Added} users {(parsed.GetValue(dryRun) ? "would be added" : "were added")}, {done.Present} were there "
                    + $"already.");
                if (done.Refused > 0)
                    run.Output.WriteLine(
                        $"{done.Refused} lines were refused; {RefusedOf(path, parsed.GetValue(dryRun))} has their numbers and why.");
            });
            return done.Refused == 0 ? 0 : 1;
        });
    }

    static string RefusedOf(string path, bool dryRun) => path + (dryRun ? ".dry-run" : "") + ".refused";

    static async Task<Place> ImportAsync(Api api, string path, bool dryRun, Action<long> show, CancellationToken cancellationToken)
    {
        var mark = path + ".imported";
        var place = (dryRun ? null : Mark.Read<Place>(mark)) ?? new Place(0, 0, 0, 0);
        using var lines = new StreamReader(path, Encoding.UTF8);
        for (var skipped = 0L; skipped < place.Lines; skipped++)
        {
            if (await lines.ReadLineAsync(cancellationToken) is null)
                throw new ApiException($"{mark} is of a longer file; delete it to begin anew.");
        }

        if (place.Lines == 0)
            File.Delete(RefusedOf(path, dryRun));
        while (await ReadAsync(lines, cancellationToken) is { Count: > 0 } batch)
        {
            var results = new Outcome[batch.Count];
            await Parallel.ForEachAsync(
                batch.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (line, cancellation) => results[line.Index] = await ImportAsync(api, line.Item, dryRun, cancellation));
            await NoteRefusedAsync(RefusedOf(path, dryRun), place.Lines, results, cancellationToken);
            place = new Place(
                place.Lines + batch.Count, place.Added + results.Count(result => result is { Reason: null, Added: true }),
                place.Present + results.Count(result => result is { Reason: null, Added: false }), place.Refused
                    + results.Count(result => result.Reason is not null));
            if (!dryRun)
                Mark.Write(mark, place);
            show(lines.BaseStream.Position);
        }

        if (!dryRun)
            File.Delete(mark);
        return place;
    }

    static async Task<List<string>> ReadAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        var batch = new List<string>(BatchSize);
        while (batch.Count < BatchSize && await lines.ReadLineAsync(cancellationToken) is { } line)
            batch.Add(line);
        return batch;
    }

    static async Task<Outcome> ImportAsync(Api api, string line, bool dryRun, CancellationToken cancellationToken)
    {
        if (Parse(line) is not { } user || user.Text("id") is not { } id)
            return new Outcome(false, "This is no user: a JSON object with an id is wanted.");
        var answer = await api.PutAsync($"/v1/admin/users/{Uri.EscapeDataString(id)}{(dryRun ? "?dryRun=true" : "")}", user,
            cancellationToken);
        return answer.Problem is { } problem
            ? new Outcome(false, problem)
            : new Outcome(answer.Json.Find("added")?.ValueKind is JsonValueKind.True, null);
    }

    static JsonElement? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Numbers and reasons alone: the lines hold addresses.</summary>
    static async Task NoteRefusedAsync(string path, long linesBefore, Outcome[] results, CancellationToken cancellationToken)
    {
        var refused = results.Index().Where(result => result.Item.Reason is not null).ToList();
        if (refused.Count > 0)
            await File.AppendAllLinesAsync(path, refused.Select(result => $"line {linesBefore + result.Index + 1}: {result.Item.Reason}"),
                cancellationToken);
    }

    /// <param name="Added">Whether the user is new there.</param>
    /// <param name="Reason">Why the line was refused; null when it was not.</param>
    readonly record struct Outcome(bool Added, string? Reason);

    /// <param name="Lines">Done.</param>
    /// <param name="Added">Of them, users who are new.</param>
    /// <param name="Present">Users who were there already.</param>
    /// <param name="Refused">Lines that were refused.</param>
    sealed record Place(long Lines, long Added, long Present, long Refused);
}
