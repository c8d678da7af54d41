namespace Alerts.Demo.Receivers;

/// <summary>How far a message has come.</summary>
public enum ReceiverStage
{
    /// <summary>It is whole, but not taken.</summary>
    Come,

    /// <summary>It is taken; the sender does not know.</summary>
    Taken,

    /// <summary>The answer is sent.</summary>
    Answered,
}
