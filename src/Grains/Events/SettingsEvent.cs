using Alerts.Users;

namespace Alerts.Events;

/// <summary>A user was enrolled, or its settings or status changed. <c>GET /v1/users/{id}</c> returns them.</summary>
/// <param name="User">The user's id.</param>
/// <param name="At">When it happened.</param>
/// <param name="Version">The version of the settings.</param>
/// <param name="Status">Whether the user is served.</param>
sealed record SettingsEvent(string User, DateTimeOffset At, int Version, UserStatus Status);
