namespace Alerts.Outbox;

/// <summary>Why a mail was deferred.</summary>
public enum DeferralCause
{
    /// <summary>The server cannot accept the mail now, or cannot be reached.</summary>
    Server,

    /// <summary>The server refuses the sender: relay, SPF, a block list, a policy. The operator must repair that.</summary>
    Sender,

    /// <summary>The mail could not be composed.</summary>
    Compose,
}
