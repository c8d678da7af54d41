namespace Alerts.Settings;

/// <summary>Hours of the user's day in which no mail is sent; what happened in them is told afterwards.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.QuietHours")]
public sealed record QuietHours
{
    /// <summary>First quiet hour, 0 to 23, in the user's time zone.</summary>
    [Id(0)] public required int From { get; init; }

    /// <summary>First hour that is not quiet any more, 0 to 23; below <see cref="From"/> it is on the next day.</summary>
    [Id(1)] public required int To { get; init; }
}
