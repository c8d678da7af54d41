namespace Alerts.Users.Channels;

/// <summary>The possible results of a change of a user's channels.</summary>
public enum ChannelOutcome
{
    /// <summary>The change was made.</summary>
    Done,

    /// <summary>There is no such user or channel.</summary>
    NotFound,

    /// <summary>The settings break a rule.</summary>
    Invalid,

    /// <summary>The user has the maximal number of channels.</summary>
    Full,

    /// <summary>The user's address is not confirmed yet.</summary>
    Unconfirmed,
}
