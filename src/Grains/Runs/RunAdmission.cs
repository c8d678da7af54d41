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

    /// <summary>
    /// From now on no check begins, and those that wait are cancelled. The mails of runs in flight still go; completes when the last has ended.
    /// </summary>
    /// <param name="limit">Cancels the mails that still wait. What is in flight then is not waited for.</param>
    /// <exception cref="OperationCanceledException">The limit was reached.</exception>
    public async Task CloseAsync(CancellationToken limit)
    {
        try
        {
            // A run asks for its mail's place before it gives back its own, so that now all of them are known.
            await Checks.CloseAsync().WaitAsync(limit);
            await Mails.DrainAsync().WaitAsync(limit);
        }
        finally
        {
            _ = Mails.CloseAsync();
        }
    }
}
