using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Alerts.Cli;

/// <summary>What every command has: the API, and where and how it shows what it found.</summary>
sealed class CommandRun(Option<string> url, Option<bool> json, TextWriter output, TextWriter errors)
{
    const int Width = 160;

    /// <summary>For people.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    /// <summary>Where tables are shown.</summary>
    public IAnsiConsole Console { get; } = Wide(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }));

    public TextWriter Output => output;

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    public Api Connect(ParseResult parsed) =>
        Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? new Api(address, Environment.GetEnvironmentVariable("ALERTS_API_KEY"))
        : throw new ApiException("--url has to be an address such as https://alerts.example.org.");

    /// <summary>Defines a command that calls the API and shows the answer.</summary>
    public void Action(Command command, Func<ParseResult, Api, CancellationToken, Task<JsonElement>> ask, Action<JsonElement> show) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = Connect(parsed);
            Show(parsed, await ask(parsed, api, cancellationToken), show);
            return 0;
        });

    /// <summary>Prints JSON for programs, or lets <paramref name="show"/> print it for people.</summary>
    public void Show(ParseResult parsed, JsonElement answer, Action<JsonElement> show)
    {
        if (IsJson(parsed))
            output.WriteLine(JsonSerializer.Serialize(answer, Indented));
        else
            show(answer);
    }

    /// <summary>Prints a table; text from others is not read as markup.</summary>
    public void Table(IEnumerable<JsonElement> rows, params (string Heading, Func<JsonElement, string?> Cell)[] columns)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var (heading, _) in columns)
            table.AddColumn(heading);
        foreach (var row in rows)
            table.AddRow([.. columns.Select(column => Markup.Escape(column.Cell(row) ?? ""))]);
        if (table.Rows.Count == 0)
            output.WriteLine("None.");
        else
            Console.Write(table);
    }

    /// <summary>
    /// Long work with a bar beside its output that shows how much of it is done, from 0 to 1; without one where nobody looks.
    /// </summary>
    public async Task<T> WithProgressAsync<T>(string what, Func<Action<double>, Task<T>> work)
    {
        var terminal = new AnsiConsoleOutput(errors);
        if (!terminal.IsTerminal)
            return await work(_ => { });
        return await AnsiConsole.Create(new AnsiConsoleSettings { Out = terminal }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(what, maxValue: 1);
                return await work(done => bar.Value = done);
            });
    }

    /// <summary>Into a file or another program there is no width, so lines are not cut.</summary>
    static IAnsiConsole Wide(IAnsiConsole console)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, Width);
        return console;
    }
}
