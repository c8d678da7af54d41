namespace Alerts.Demo.Receivers;

/// <summary>What a receiver does wrong.</summary>
public enum ReceiverFaultKind
{
    /// <summary>It answers with another status and keeps nothing.</summary>
    Reply,

    /// <summary>It resets the connection and keeps nothing.</summary>
    Drop,

    /// <summary>It keeps the message and resets the connection.</summary>
    KeepAndDrop,

    /// <summary>It never answers.</summary>
    Silence,

    /// <summary>It keeps the message and answers without end.</summary>
    Endless,
}
