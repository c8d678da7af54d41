namespace Alerts.Users.Channels;

/// <summary>How a change of a user's channels ended.</summary>
public enum ChannelOutcome
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>There is no such user or channel.</summary>
    NotFound,

    /// <summary>The settings break a rule.</summary>
    Invalid,

    /// <summary>The user has as many channels as anybody may.</summary>
    Full,

    /// <summary>The user's address is not confirmed yet.</summary>
    Unconfirmed,
}
