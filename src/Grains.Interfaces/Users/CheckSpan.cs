namespace Alerts.Users;

/// <summary>Checks of a user one after the other that came to the same.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.CheckSpan")]
public sealed record CheckSpan
{
    /// <summary>When the first of them was made.</summary>
    [Id(0)] public required DateTimeOffset From { get; init; }

    /// <summary>When the last of them was made.</summary>
    [Id(1)] public required DateTimeOffset To { get; init; }

    /// <summary>How many there were.</summary>
    [Id(2)] public required int Count { get; init; }

    /// <summary>What each came to.</summary>
    [Id(3)] public required CheckResult Result { get; init; }
}
