namespace Alerts.Bench;

/// <summary>Options of a benchmark's command line: a name, then its value.</summary>
static class Arguments
{
    /// <summary>The value after a name; <paramref name="otherwise"/> where the name is absent.</summary>
    public static string Option(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
}
