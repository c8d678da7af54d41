namespace Alerts.Outbox;

/// <summary>What became of an attempt to deliver a message.</summary>
public abstract record DeliveryResult
{
    DeliveryResult()
    {
    }

    /// <summary>The server took the mail (250 after the final dot), or the delivery log says that it had taken it before.</summary>
    public sealed record Accepted : DeliveryResult;

    /// <summary>Not now; another attempt is worth it.</summary>
    /// <param name="Reason">The server's words or the fault, without the address.</param>
    /// <param name="Cause">What keeps the mail.</param>
    /// <param name="RetryAfter">How long the other side asks to wait at least; null when it does not say.</param>
    public sealed record Deferred(string Reason, DeferralCause Cause = DeferralCause.Server, TimeSpan? RetryAfter = null) : DeliveryResult;

    /// <summary>Not sent: when its turn came, it was not wanted any more. No attempt was made.</summary>
    public sealed record Withdrawn : DeliveryResult;

    /// <summary>Never: the server refuses this mail, or this address, for good.</summary>
    /// <param name="Reason">The server's words, without the address.</param>
    /// <param name="AddressIsDead">True when the address was refused, not the mail.</param>
    public sealed record Refused(string Reason, bool AddressIsDead) : DeliveryResult;
}
