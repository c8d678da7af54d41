using System.Diagnostics;

namespace Alerts.Testing;

/// <summary>
/// Ends the processes that this one has started when this one is itself killed, which no code in it would see: a shell that hears of every
/// process reads until its standard input is closed, and then kills those that are left.
/// </summary>
static class Orphans
{
    const string Script =
        """
        pids=
        while read -r sign pid; do
          case $sign in
            +) pids="$pids $pid" ;;
            -) left=; for one in $pids; do [ "$one" = "$pid" ] || left="$left $one"; done; pids=$left ;;
          esac
        done
        [ -z "$pids" ] || kill -9 $pids 2>/dev/null
        """;

    static readonly Lock gate = new();
    static readonly Lazy<Process> shell = new(() => Process.Start(new ProcessStartInfo("sh", ["-c", Script]) { RedirectStandardInput = true })!);

    /// <summary>This process is ours.</summary>
    public static void Add(int process) => Tell($"+ {process}");

    /// <summary>It has ended; its number may become another's.</summary>
    public static void Remove(int process) => Tell($"- {process}");

    static void Tell(string line)
    {
        lock (gate)
        {
            shell.Value.StandardInput.WriteLine(line);
            shell.Value.StandardInput.Flush();
        }
    }
}
