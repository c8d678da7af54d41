namespace Alerts.Settings;

/// <summary>Hours of the user's day in which no mail is sent; news from these hours is mailed afterwards.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.QuietHours")]
public sealed record QuietHours
{
    /// <summary>First quiet hour, 0 to 23, in the user's time zone.</summary>
    [Id(0)] public required int From { get; init; }

    /// <summary>First hour after the quiet ones, 0 to 23. If it is below <see cref="From"/>, it is on the next day.</summary>
    [Id(1)] public required int To { get; init; }
}
