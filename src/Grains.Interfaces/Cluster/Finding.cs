namespace Alerts.Cluster;

/// <summary>What an examination found.</summary>
/// <param name="IsWell">Whether all is well there.</param>
/// <param name="What">What was found.</param>
/// <param name="Advice">What to do; empty when all is well.</param>
[GenerateSerializer, Immutable, Alias("Alerts.Finding")]
public sealed record Finding([property: Id(0)] bool IsWell, [property: Id(1)] string What, [property: Id(2)] string Advice)
{
    /// <summary>All is well.</summary>
    public static Finding Well(string what) => new(true, what, "");

    /// <summary>Something is wrong.</summary>
    public static Finding Wrong(string what, string advice) => new(false, what, advice);
}
