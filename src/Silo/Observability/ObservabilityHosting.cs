using System.Diagnostics.Metrics;
using Alerts.Configuration;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Alerts.Silo.Observability;

/// <summary>Traces and metrics of a process, by OpenTelemetry. Without a receiver nothing is recorded.</summary>
public static class ObservabilityHosting
{
    /// <summary>Our own meters and Orleans'.</summary>
    static readonly string[] meters = ["Alerts.*", "Microsoft.Orleans"];

    /// <summary>Our own activities, Orleans' grain calls and storage, and the MySQL driver's commands.</summary>
    static readonly string[] sources = [Telemetry.SourceName, "Microsoft.Orleans.*", "connector-net"];

    /// <summary>Adds the configured exports.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">The name of this kind of process in traces and metrics.</param>
    public static IHostApplicationBuilder AddAlertsObservability(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddSettings<ObservabilityOptions>(AlertsOptions.Section);
        builder.Services.AddHostedService<StartReport>();
        // Their log lines contain whole addresses of requests, with links' tokens and the names that callers looked up.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

        builder.Services.AddSingleton<IExternalScopeProvider, LogScopes>();
        builder.Services.Configure<JsonConsoleFormatterOptions>(format =>
        {
            format.IncludeScopes = true;
            format.UseUtcTimestamp = true;
            format.TimestampFormat ??= "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });

        var section = builder.Configuration.GetSection(AlertsOptions.Section);
        var collector = Uri.TryCreate(section[nameof(ObservabilityOptions.Otlp)], UriKind.Absolute, out var address) ? address : null;
        var isScraped = section.GetValue<bool>(nameof(ObservabilityOptions.Metrics));
        if (collector is null && !isScraped)
            return builder;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(service));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddView(Buckets).AddMeter(meters).AddRuntimeInstrumentation().AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation();
            if (collector is not null)
                metrics.AddOtlpExporter(exporter => SendTo(exporter, collector, "v1/metrics"));
            if (isScraped)
                metrics.AddPrometheusExporter();
        });
        if (collector is not null)
        {
            builder.Services.Configure<AspNetCoreTraceInstrumentationOptions>(HideLinks);
            telemetry.WithTracing(traces => traces
                .AddSource(sources).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                .AddOtlpExporter(exporter => SendTo(exporter, collector, "v1/traces")));
        }

        return builder;
    }

    /// <summary>
    /// Bucket boundaries in seconds; OpenTelemetry's defaults are made for milliseconds. They go up to a day, since lags and ages grow
    /// during outages.
    /// </summary>
    static MetricStreamConfiguration? Buckets(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s" } && instrument.Meter.Name.StartsWith("Alerts.", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration
            {
                Boundaries =
                [
                    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 120, 300, 900, 3_600, 14_400, 86_400,
                ],
            }
            : null;

    /// <summary>Maps <c>/metrics</c> if configured; otherwise returns null.</summary>
    public static IEndpointConventionBuilder? MapAlertsMetrics(this WebApplication app) =>
        app.Services.GetRequiredService<IOptions<ObservabilityOptions>>().Value.Metrics
            ? app.MapPrometheusScrapingEndpoint("/metrics").DisableHttpMetrics()
            : null;

    /// <summary>
    /// OpenTelemetry reads the protocol from the environment. Over HTTP each signal has a path, which the exporter adds only to an address
    /// from the environment, so it is added here.
    /// </summary>
    static void SendTo(OtlpExporterOptions exporter, Uri collector, string path) =>
        exporter.Endpoint = exporter.Protocol is OtlpExportProtocol.HttpProtobuf ? new Uri(collector, path) : collector;

    /// <summary>Leaves out frequent probes, and the tokens in the paths of links: the route replaces them.</summary>
    static void HideLinks(AspNetCoreTraceInstrumentationOptions options)
    {
        options.Filter = context =>
            !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics");
        options.EnrichWithHttpResponse = (activity, response) =>
        {
            var route = (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern;
            activity.SetTag("url.path", route is null ? null : route.RawText);
        };
    }
}
