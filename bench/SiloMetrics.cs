using System.Globalization;

namespace Alerts.Bench;

/// <summary>What a silo counts itself, read at its <c>/metrics</c>, which the setting <c>Alerts:Metrics</c> opens.</summary>
static class SiloMetrics
{
    /// <summary>The checks of users that a silo made since its start, those overtaken by new settings not counted.</summary>
    public static async Task<long> ChecksAsync(Uri silo, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = silo };
        var lines = (await http.GetStringAsync("/metrics", cancellationToken)).Split('\n');
        return lines.Where(line => line.StartsWith("alerts_runs", StringComparison.Ordinal) && line.Contains("changed\"", StringComparison.Ordinal))
            .Sum(line => long.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
