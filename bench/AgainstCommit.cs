using System.Globalization;
using System.Text.RegularExpressions;

namespace Alerts.Bench;

/// <summary>
/// <c>--against COMMIT [--times 5]</c> after any benchmark: builds another commit of this repository in a work tree of its own, runs both
/// alternately, and prints for each figure this commit's median divided by the other's. On a machine that others use only such ratios say
/// anything. Figures are matched by the table's row and column, or by the words of their line, so each commit brings its own benchmark.
/// </summary>
static partial class AgainstCommit
{
    const string Option = "--against";
    const string Times = "--times";

    public static bool IsAsked(string[] args) => args.Contains(Option);

    public static async Task<int> RunAsync(string[] args)
    {
        var commit = Arguments.Option(args, Option, "HEAD");
        var times = int.Parse(Arguments.Option(args, Times, "5"), CultureInfo.InvariantCulture);
        var rest = Without(Without(args, Option), Times);
        using var folder = new TempFolder();
        var tree = folder["tree"];
        await DoAsync("git", ["-C", RepositoryRoot.FullPath, "worktree", "add", "--detach", tree, commit]);
        try
        {
            await DoAsync("dotnet", ["build", Path.Combine(tree, "bench"), "--configuration", "Release", "--verbosity", "quiet", "--nologo"]);
            var (these, others) = (new Figures(), new Figures());
            for (var time = 1; time <= times; time++)
            {
                Console.Error.WriteLine($"{time} of {times}: {commit}");
                others.Add(await DoAsync("dotnet", [Path.Combine(tree, "bench", "bin", "Release", "net10.0", "Alerts.bench.dll"), .. rest]));
                Console.Error.WriteLine($"{time} of {times}: this one");
                these.Add(await DoAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "Alerts.bench.dll"), .. rest]));
            }

            Print(these, others, commit);
            return 0;
        }
        finally
        {
            await DoAsync("git", ["-C", RepositoryRoot.FullPath, "worktree", "remove", "--force", tree]);
        }
    }

    static void Print(Figures these, Figures others, string commit)
    {
        Console.WriteLine($"| figure | {commit} | this commit | ratio |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, figure) in these.Medians())
            if (others.Medians().TryGetValue(name, out var other) && other != 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {other:0.###} | {figure:0.###} | {figure / other:0.00} |"));
    }

    static string[] Without(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var at ? [.. args[..at], .. args[Math.Min(args.Length, at + 2)..]] : args;

    static async Task<List<string>> DoAsync(string program, string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            lines.Add(line);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? lines
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{string.Join('\n', lines)}");
    }

    /// <summary>The figures of several runs of one benchmark, each under a name that both commits give it.</summary>
    sealed partial class Figures
    {
        readonly Dictionary<string, List<double>> all = [];

        public void Add(List<string> lines)
        {
            string[]? header = null;
            foreach (var line in lines)
            {
                if (!line.StartsWith('|'))
                {
                    header = null;
                    AddWords(line);
                    continue;
                }

                var cells = line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
                if (header is null)
                    header = cells;
                else if (cells.Length == header.Length)
                    AddRow(header, cells);
            }
        }

        public Dictionary<string, double> Medians() => all.ToDictionary(figure => figure.Key, figure => figure.Value.Order().ElementAt(figure.Value.Count / 2));

        /// <summary>The first two cells say what the row is about.</summary>
        void AddRow(string[] header, string[] cells)
        {
            for (var column = 2; column < cells.Length; column++)
                if (Number().Match(cells[column]) is { Success: true, Index: 0 } number)
                    Add($"{cells[0]}, {cells[1]}: {header[column]}", number);
        }

        /// <summary>The rounds of one kind are told apart by a number in their name; together they are one figure.</summary>
        void AddWords(string line)
        {
            var name = Number().Replace(line, "#");
            var count = 0;
            foreach (var number in Number().Matches(line).Cast<Match>())
                Add($"{Spaces().Replace(name, " ").Trim()} [{++count}]", number);
        }

        void Add(string name, Match number)
        {
            if (!all.TryGetValue(name, out var figures))
                all[name] = figures = [];
            figures.Add(double.Parse(number.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
        }

        [GeneratedRegex(@"(?<![\w.])\d[\d,]*(\.\d+)?")]
        private static partial Regex Number();

        [GeneratedRegex(@"\s+")]
        private static partial Regex Spaces();
    }
}
