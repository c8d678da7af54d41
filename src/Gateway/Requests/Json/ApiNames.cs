using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// The names of enumeration values in requests and answers: camelCase for ours, and for what is eBay's the name that eBay gives it. The
/// name under which a value is stored is accepted as well: older callers send it.
/// </summary>
static class ApiNames
{
    /// <summary>The name of a value.</summary>
    public static string Of(Enum value) => value switch
    {
        NotifyMode.EveryCheck => "everyCheck",
        NotificationKind kind => kind.ApiName(),
        _ => value.JsonName(),
    };

    /// <summary>The names of all values of a type, in their order.</summary>
    public static IReadOnlyList<string> OfAll(Type type) => [.. Enum.GetValues(type).Cast<Enum>().Select(Of)];

    /// <summary>The value of a name; null for a name of none.</summary>
    public static Enum? Find(Type type, string? name) =>
        Enum.GetValues(type).Cast<Enum>().FirstOrDefault(value => Of(value) == name || value.JsonName() == name);
}
