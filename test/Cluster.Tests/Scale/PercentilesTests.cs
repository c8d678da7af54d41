using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Alerts.Silo.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Cluster.Tests;

public sealed partial class PercentilesTests
{
    /// <summary>Prometheus draws a straight line through a bucket, so a percentile is as exact as its bucket is narrow.</summary>
    [Theory]
    [InlineData(0.011, 0.01, 0.025)]
    [InlineData(0.6, 0.5, 0.75)]
    [InlineData(45, 30, 60)]
    [InlineData(7_200, 3_600, 14_400)]
    public async Task The_scrape_gives_the_percentiles_of_what_was_recorded(double recorded, double atLeast, double atMost)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Alerts:Metrics"] = "true";
        builder.AddAlertsObservability("test");
        await using var app = builder.Build();
        app.MapAlertsMetrics();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var meter = app.Services.GetRequiredService<IMeterFactory>().Create("Alerts.Test");
        var histogram = meter.CreateHistogram<double>("alerts.test.duration", "s");
        for (var i = 0; i < 100; i++)
            histogram.Record(recorded);

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var scraped = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.InRange(Quantile(scraped, 0.5), atLeast, atMost);
        Assert.InRange(Quantile(scraped, 0.99), atLeast, atMost);
    }

    /// <summary>histogram_quantile as Prometheus calculates it.</summary>
    static double Quantile(string scraped, double quantile)
    {
        var buckets = Bucket().Matches(scraped).Select(match => (
            UpTo: match.Groups["le"].Value is "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups["le"].Value, CultureInfo.InvariantCulture),
            Count: double.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture))).ToList();
        var rank = quantile * buckets[^1].Count;
        var found = buckets.FindIndex(bucket => bucket.Count >= rank);
        var (from, before) = found == 0 ? (0, 0) : buckets[found - 1];
        return from + (buckets[found].UpTo - from) * (rank - before) / (buckets[found].Count - before);
    }

    [GeneratedRegex("""alerts_test_duration_seconds_bucket\{[^}]*le="(?<le>[^"]+)"[^}]*\} (?<count>\d+)""")]
    private static partial Regex Bucket();
}
