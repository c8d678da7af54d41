namespace Alerts.Channels;

public enum ChannelMessageType
{
    /// <summary>News of the user's searches.</summary>
    News,

    /// <summary>Asks whether the channel wants the alerts.</summary>
    Confirmation,

    /// <summary>A sample message.</summary>
    Test,
}
