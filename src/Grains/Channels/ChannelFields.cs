namespace Alerts.Channels;

/// <summary>The settings that a kind of channel takes.</summary>
[Flags]
public enum ChannelFields
{
    /// <summary>None: its reader opens it with a code.</summary>
    None = 0,

    /// <summary>An address.</summary>
    Url = 1,

    /// <summary>A secret that signs.</summary>
    Secret = 2,

    /// <summary>An access token.</summary>
    Token = 4,

    /// <summary>Keys that encrypt.</summary>
    Keys = 8,
}
