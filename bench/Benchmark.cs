namespace Alerts.Bench;

/// <summary>One benchmark of the list in Program.cs.</summary>
/// <param name="Name">What is typed to run it.</param>
/// <param name="Summary">What it measures, in a line.</param>
/// <param name="RunAsync">Runs it with the remaining arguments; returns the exit code.</param>
sealed record Benchmark(string Name, string Summary, Func<string[], Task<int>> RunAsync);
