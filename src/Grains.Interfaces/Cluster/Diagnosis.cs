using System.Collections.Immutable;

namespace Alerts.Cluster;

/// <summary>What a silo found about all that it depends on.</summary>
/// <param name="At">When, by the clock of the silo's machine.</param>
/// <param name="Findings">One after the other.</param>
[GenerateSerializer, Immutable, Alias("Alerts.Diagnosis")]
public sealed record Diagnosis([property: Id(0)] DateTimeOffset At, [property: Id(1)] ImmutableArray<Finding> Findings);
