namespace Alerts.State;

/// <summary>The stored form of a user: no user until enrolled, none after deletion.</summary>
public sealed class UserRecord
{
    /// <summary>The user, or null.</summary>
    public UserState? User { get; set; }
}
