namespace Alerts.Users;

/// <summary>Outcomes of a change of settings.</summary>
public enum ReplaceOutcome
{
    /// <summary>The new settings are in force.</summary>
    Replaced,

    /// <summary>There is no such user.</summary>
    NotFound,

    /// <summary>The current version is not the expected one; nothing was changed.</summary>
    VersionConflict,

    /// <summary>The new address has a user already; nothing was changed.</summary>
    AddressTaken,
}
