using Alerts.Demo.Faults;

namespace Alerts.Demo.Receivers;

/// <summary>One misbehaviour of a receiver.</summary>
public sealed record ReceiverFault : Fault
{
    /// <summary>What happens.</summary>
    public required ReceiverFaultKind Fault { get; init; }

    /// <summary>Which receiver it strikes; null: all.</summary>
    public ReceiverKind? Kind { get; init; }

    /// <summary>Strikes only messages to this path, topic or chat; null: all.</summary>
    public string? To { get; init; }

    /// <summary>The status, 300 to 599; only for <see cref="ReceiverFaultKind.Reply"/>.</summary>
    public int? Status { get; init; }

    /// <summary>Seconds in <c>Retry-After</c>; null: none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Another answer than the true one; a redirect leads back here.</summary>
    public static ReceiverFault Reply(int status, ReceiverKind? kind = null, int? retryAfter = null) =>
        new() { Fault = ReceiverFaultKind.Reply, Kind = kind, Status = status, RetryAfter = retryAfter };

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        if (Fault is ReceiverFaultKind.Reply && Status is not (>= 300 and <= 599))
            throw new ArgumentException("A reply needs a status from 300 to 599.");
    }
}
