using System.Text.Json.Serialization;

namespace Alerts.State;

/// <summary>The stored form of a user. It has no user before enrolment and after deletion.</summary>
public sealed class UserRecord
{
    public UserState? User { get; set; }

    /// <summary>
    /// Events for other services about the change that is being written. They are stored with the change, in a table of their own.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<UserEvent> Events { get; set; } = [];
}
