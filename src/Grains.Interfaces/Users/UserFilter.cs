using Alerts.Settings;

namespace Alerts.Users;

/// <summary>Which users a list shows; null fields let all through.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.UserFilter")]
public sealed record UserFilter
{
    /// <summary>Only users of this status.</summary>
    [Id(0)] public UserStatus? Status { get; init; }

    /// <summary>Only users with this frequency, in minutes.</summary>
    [Id(1)] public int? FrequencyMinutes { get; init; }

    /// <summary>Only users told this way.</summary>
    [Id(2)] public NotifyMode? Notify { get; init; }

    /// <summary>Whether a user passes.</summary>
    public bool Lets(UserView user) =>
        (Status is null || user.Status == Status)
        && (FrequencyMinutes is null || user.Settings.FrequencyMinutes == FrequencyMinutes)
        && (Notify is null || user.Settings.Notify == Notify);
}
