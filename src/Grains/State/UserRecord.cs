using System.Text.Json.Serialization;

namespace Alerts.State;

/// <summary>The stored form of a user: no user until enrolled, none after deletion.</summary>
public sealed class UserRecord
{
    /// <summary>The user, or null.</summary>
    public UserState? User { get; set; }

    /// <summary>What other services learn of the change that is being written; stored with it, and in a table of its own.</summary>
    [JsonIgnore]
    public IReadOnlyList<UserEvent> Events { get; set; } = [];
}
