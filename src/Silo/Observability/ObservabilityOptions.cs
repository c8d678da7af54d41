using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;

namespace Alerts.Silo.Observability;

/// <summary>Where traces and metrics go, in the same section as <see cref="AlertsOptions"/>; by default nowhere.</summary>
public sealed class ObservabilityOptions
{
    /// <summary>
    /// Address of an OpenTelemetry collector (<c>http://collector:4317</c>, gRPC) that gets traces and metrics.
    /// OpenTelemetry's own environment variables, such as <c>OTEL_TRACES_SAMPLER</c>, are honoured; <c>OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf</c>
    /// goes with port 4318.
    /// </summary>
    [Url]
    public string? Otlp { get; set; }

    /// <summary>Whether <c>/metrics</c> answers Prometheus. On a gateway it wants an API key, on a silo it is open.</summary>
    public bool Metrics { get; set; }
}
