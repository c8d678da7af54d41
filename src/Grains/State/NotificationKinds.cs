using System.Text.Json;
using Alerts.State.Notifications;

namespace Alerts.State;

/// <summary>Names of <see cref="NotificationKind"/> for people and programs. In the store they are as in the code.</summary>
public static class NotificationKinds
{
    /// <summary>The name in the API, such as <c>firstResults</c>.</summary>
    public static string ApiName(this NotificationKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
