using Alerts.State;

namespace Alerts.Users;

/// <summary>What a row was before a change and is after it.</summary>
sealed record UserChange(UserState? Before, UserState After);
