using System.Globalization;

namespace Alerts.Bench;

/// <summary>What a silo counts itself, read at its <c>/metrics</c>, which the setting <c>Alerts:Metrics</c> opens.</summary>
/// <param name="Checks">Checks of users since its start, those overtaken by new settings not counted.</param>
/// <param name="Compiled">Methods compiled since its start.</param>
/// <param name="Sent">Messages to other silos and to gateways.</param>
/// <param name="BytesSent">What they held.</param>
sealed record SiloMetrics(double Checks, double Compiled, double Sent, double BytesSent)
{
    public static async Task<SiloMetrics> OfAsync(IEnumerable<Uri> silos, CancellationToken cancellationToken)
    {
        var all = await Task.WhenAll(silos.Select(silo => OfAsync(silo, cancellationToken)));
        return new(all.Sum(one => one.Checks), all.Sum(one => one.Compiled), all.Sum(one => one.Sent), all.Sum(one => one.BytesSent));
    }

    static async Task<SiloMetrics> OfAsync(Uri silo, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = silo };
        var lines = (await http.GetStringAsync("/metrics", cancellationToken)).Split('\n');
        return new(
            Sum(lines, "alerts_runs_total", "changed\""), Sum(lines, "dotnet_jit_compiled_methods", ""),
            Sum(lines, "orleans_messaging_sent_messages_size_bytes_count", ""), Sum(lines, "orleans_messaging_sent_messages_size_bytes_sum", ""));
    }

    static double Sum(string[] lines, string name, string part) => lines
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
