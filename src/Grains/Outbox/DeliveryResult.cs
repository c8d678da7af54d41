namespace Alerts.Outbox;

/// <summary>What the SMTP server said of a mail.</summary>
public abstract record DeliveryResult
{
    DeliveryResult()
    {
    }

    /// <summary>The server took the mail (250 after the final dot), or the delivery log says that it had taken it before.</summary>
    public sealed record Accepted : DeliveryResult;

    /// <summary>Not now: worth another attempt (4xx, no connection, a broken conversation).</summary>
    /// <param name="Reason">The server's words or the fault, without the address.</param>
    public sealed record Deferred(string Reason) : DeliveryResult;

    /// <summary>Not sent: when its turn came, it was not wanted any more. No attempt was made.</summary>
    public sealed record Withdrawn : DeliveryResult;

    /// <summary>Not ever (5xx).</summary>
    /// <param name="Reason">The server's words, without the address.</param>
    /// <param name="AddressIsDead">True for an enhanced status 5.1.x (RFC 3463): the address, not the mail, was refused.</param>
    public sealed record Refused(string Reason, bool AddressIsDead) : DeliveryResult;
}
