using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;

namespace Alerts.Silo.Observability;

/// <summary>Where traces and metrics are sent, in the same section as <see cref="AlertsOptions"/>; by default nowhere.</summary>
public sealed class ObservabilityOptions
{
    /// <summary>
    /// Address of an OpenTelemetry collector (<c>http://collector:4317</c>, gRPC) for traces and metrics. OpenTelemetry's own environment
    /// variables, such as <c>OTEL_TRACES_SAMPLER</c>, apply too. For port 4318 set <c>OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf</c>.
    /// </summary>
    [Url]
    public string? Otlp { get; set; }

    /// <summary>Whether <c>/metrics</c> answers Prometheus. On a gateway it needs an API key; on a silo it is open.</summary>
    public bool Metrics { get; set; }
}
