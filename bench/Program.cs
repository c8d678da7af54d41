using Alerts.Bench;

// One line a benchmark: name, what it measures, how to run it.
Benchmark[] benchmarks =
[
    FlowBenchmark.Listed,
    TickBenchmark.Listed,
    ClusterBenchmark.Listed,
    ClusterFaultsBenchmark.Listed,
    RunbookBenchmark.Listed,
    PhasesBenchmark.Listed,
    ReminderBenchmark.Listed,
    SharedDataBenchmark.Listed,
    CatalogBenchmark.Listed,
    RetentionBenchmark.Listed,
    InsightBenchmark.Listed,
    MailBenchmark.Listed,
    StateBenchmark.Listed,
    CrashBenchmark.Listed,
    CrashNode.Listed,
    SinksNode.Listed,
    LatencyBenchmark.Listed,
    OverloadBenchmark.Listed,
];

if (args.Length > 0 && AgainstCommit.IsAsked(args))
    return await AgainstCommit.RunAsync(args);
if (benchmarks.FirstOrDefault(benchmark => benchmark.Name == args.FirstOrDefault()) is { } chosen)
    return await chosen.RunAsync(args[1..]);

Console.WriteLine("Usage: dotnet run -c Release --project bench -- NAME [options] [--against COMMIT [--times 5]]");
foreach (var benchmark in benchmarks)
    Console.WriteLine($"  {benchmark.Name,-12} {benchmark.Summary}");
return args.Length == 0 ? 0 : 2;
