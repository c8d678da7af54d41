namespace Alerts.Channels;

/// <summary>What a message to a channel is.</summary>
public enum ChannelMessageType
{
    /// <summary>What the searches found.</summary>
    News,

    /// <summary>Asks whether the channel wants to be one.</summary>
    Confirmation,

    /// <summary>A sample.</summary>
    Test,
}
