namespace Alerts.Users;

/// <summary>When a check is due. Pure.</summary>
public static class Schedule
{
    /// <summary>Whether the user is served and its time has come.</summary>
    public static bool IsDue(UserState u, DateTimeOffset now) => u.Status == UserStatus.Active && now >= u.NextDue;
}
