using Alerts.State;

namespace Alerts.Users;

sealed record UserChange(UserState? Before, UserState After);
