namespace Alerts.Gateway.Mails;

/// <summary>Lifts the suppressions that began within a span of time.</summary>
public sealed record LiftRequest
{
    /// <summary>The start of the span; absent: all before <see cref="To"/>, including those of an unknown time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of the span, not before its start; absent: all after <see cref="From"/>.</summary>
    public DateTimeOffset? To { get; init; }
}
