namespace Alerts.Outbox;

public abstract record DeliveryResult
{
    DeliveryResult()
    {
    }

    /// <summary>The server accepted the mail (250 after the final dot), or the delivery log says that it had accepted it before.</summary>
    public sealed record Accepted : DeliveryResult;

    /// <summary>Not delivered now; another attempt may succeed.</summary>
    /// <param name="Reason">The server's words or the fault, without the address.</param>
    /// <param name="Cause">Why it was deferred.</param>
    /// <param name="RetryAfter">How long the server asks to wait at least; null when it does not say.</param>
    public sealed record Deferred(string Reason, DeferralCause Cause = DeferralCause.Server, TimeSpan? RetryAfter = null) : DeliveryResult;

    /// <summary>Not sent, because it was not wanted any more when its turn came. No attempt was made.</summary>
    public sealed record Withdrawn : DeliveryResult;

    /// <summary>The server refuses this mail, or this address, permanently.</summary>
    /// <param name="Reason">The server's words, without the address.</param>
    /// <param name="AddressIsDead">True when the address was refused, not the mail.</param>
    public sealed record Refused(string Reason, bool AddressIsDead) : DeliveryResult;
}
