namespace Alerts.Users;

/// <summary>Successive checks of a user with the same result.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.CheckSpan")]
public sealed record CheckSpan
{
    /// <summary>When the first one was made.</summary>
    [Id(0)] public required DateTimeOffset From { get; init; }

    /// <summary>When the last one was made.</summary>
    [Id(1)] public required DateTimeOffset To { get; init; }

    /// <summary>How many there were.</summary>
    [Id(2)] public required int Count { get; init; }

    /// <summary>The result of each.</summary>
    [Id(3)] public required CheckResult Result { get; init; }
}
