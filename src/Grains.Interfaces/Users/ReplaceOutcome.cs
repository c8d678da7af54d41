namespace Alerts.Users;

/// <summary>Outcomes of a change of settings.</summary>
public enum ReplaceOutcome
{
    /// <summary>The settings are the new ones.</summary>
    Replaced,

    /// <summary>There is no such user.</summary>
    NotFound,

    /// <summary>The settings are of another version than expected; nothing was changed.</summary>
    VersionConflict,

    /// <summary>The new address has a user already; nothing was changed.</summary>
    AddressTaken,
}
