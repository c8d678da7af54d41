using Microsoft.Extensions.Options;

namespace Alerts.Runs;

/// <summary>
/// Bounds the work in flight in this silo. Orleans delivers every due reminder at once, so without it an outage's backlog would open
/// thousands of searches and mails together. Checks and mails have limits of their own: a slow mail server holds up no check.
/// </summary>
public sealed class RunAdmission(IOptions<RunOptions> options, TimeProvider clock)
{
    /// <summary>Checks: searches and writes.</summary>
    public AdmissionLane Checks { get; } = new(options.Value.MinConcurrent, options.Value.MaxConcurrent, options.Value.SlowAfter, clock);

    /// <summary>Mails.</summary>
    public AdmissionLane Mails { get; } = new(options.Value.MinConcurrent, options.Value.MaxConcurrentMails, options.Value.SlowAfter, clock);

    /// <summary>Whether the silo is about to stop, so that nothing begins any more.</summary>
    public bool IsClosed => Checks.IsClosed;

    /// <summary>Checks and mails in flight.</summary>
    public int InFlight => Checks.InFlight + Mails.InFlight;

    /// <summary>Checks and mails that wait for a slot.</summary>
    public int Waiting => Checks.Waiting + Mails.Waiting;

    /// <summary>From now on nothing begins, and what waits is cancelled; completes when the last one in flight has ended.</summary>
    public Task CloseAsync() => Task.WhenAll(Checks.CloseAsync(), Mails.CloseAsync());
}
