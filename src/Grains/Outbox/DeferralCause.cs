namespace Alerts.Outbox;

/// <summary>What keeps a deferred mail.</summary>
public enum DeferralCause
{
    /// <summary>The server cannot take it now, or cannot be reached.</summary>
    Server,

    /// <summary>The server refuses the sender: relay, SPF, a block list, a policy. The operator has to mend it.</summary>
    Sender,

    /// <summary>It could not be composed.</summary>
    Compose,
}
