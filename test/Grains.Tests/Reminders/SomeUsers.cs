using System.Globalization;
using Alerts.Users;

namespace Alerts.Tests.Reminders;

/// <summary>Users as the dispatcher sees them.</summary>
static class SomeUsers
{
    public static string Id(int number) => UserId.Of(number.ToString(CultureInfo.InvariantCulture));

    public static uint HashOf(string userId) => GrainId.Create("user", userId).GetUniformHashCode();
}
