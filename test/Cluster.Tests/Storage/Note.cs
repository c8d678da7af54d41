namespace Alerts.Cluster.Tests;

/// <summary>A state to keep.</summary>
[GenerateSerializer, Alias("tests.note")]
public sealed record Note
{
    [Id(0)]
    public string Text { get; init; } = "";
}
