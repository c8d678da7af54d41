using Alerts.Settings;

namespace Alerts.Users;

/// <summary>Which users a list shows; a null field accepts all.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.UserFilter")]
public sealed record UserFilter
{
    /// <summary>Only users with this status.</summary>
    [Id(0)] public UserStatus? Status { get; init; }

    /// <summary>Only users with this frequency, in minutes.</summary>
    [Id(1)] public int? FrequencyMinutes { get; init; }

    /// <summary>Only users with this mode of notification.</summary>
    [Id(2)] public NotifyMode? Notify { get; init; }

    public bool Lets(UserView user) =>
        (Status is null || user.Status == Status)
        && (FrequencyMinutes is null || user.Settings.FrequencyMinutes == FrequencyMinutes)
        && (Notify is null || user.Settings.Notify == Notify);
}
