namespace Alerts.Configuration;

/// <summary>Whether a new address must confirm before anything else is mailed to it.</summary>
public enum ConfirmationMode
{
    /// <summary>Only the confirmation is mailed until its link is used (the default; confirmed opt-in).</summary>
    Required,

    /// <summary>New users are active at once and POST answers with their manage token. For demonstrations and closed systems.</summary>
    Off,
}
