using Microsoft.Extensions.Options;

namespace Alerts.Runs;

/// <summary>
/// Limits the work in flight in this silo. Orleans delivers every due reminder at once, so a backlog after an outage would start thousands
/// of searches and mails together. Checks and mails have separate limits: a slow mail server delays no check.
/// </summary>
public sealed class RunAdmission(IOptions<RunOptions> options, TimeProvider clock)
{
    public AdmissionLane Checks { get; } = new(options.Value.MinConcurrent, options.Value.MaxConcurrent, options.Value.SlowAfter, clock);

    public AdmissionLane Mails { get; } = new(options.Value.MinConcurrent, options.Value.MaxConcurrentMails, options.Value.SlowAfter,
        clock);

    public bool IsClosed => Checks.IsClosed;

    public int InFlight => Checks.InFlight + Mails.InFlight;

    public int Waiting => Checks.Waiting + Mails.Waiting;

    /// <summary>
    /// From now on no check begins, and waiting checks are cancelled. Mails of runs in flight are still sent. Completes when the last of
    /// them has ended.
    /// </summary>
    /// <param name="limit">Cancels the mails that still wait. Mails being sent at that time are not waited for.</param>
    /// <exception cref="OperationCanceledException">The limit was reached.</exception>
    public async Task CloseAsync(CancellationToken limit)
    {
        try
        {
            // A run asks for its mail's place before it gives its own back. So all mails to wait for are known now.
            await Checks.CloseAsync().WaitAsync(limit);
            await Mails.DrainAsync().WaitAsync(limit);
        }
        finally
        {
            _ = Mails.CloseAsync();
        }
    }
}
