namespace Alerts.Gateway.Mails;

/// <summary>Which suppressions are to be lifted: those that began within a span of time.</summary>
public sealed record LiftRequest
{
    /// <summary>The span's start; absent: all before <see cref="To"/>, those of an unknown time too.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The span's end, not before its start; absent: all after <see cref="From"/>.</summary>
    public DateTimeOffset? To { get; init; }
}
