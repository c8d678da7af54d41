using Microsoft.Extensions.Options;

namespace Alerts.Users;

/// <summary>
/// Bounds the checks in flight in this silo. Orleans delivers every due reminder at once, so without it an outage's
/// backlog would open thousands of searches and mails together. At most one waiter per user, so the queue is bounded too.
/// </summary>
public sealed class RunAdmission(IOptions<RunOptions> options) : IDisposable
{
    readonly SemaphoreSlim slots = new(options.Value.MaxConcurrent);

    /// <summary>Waits for a slot; dispose the result to give it back.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    /// <inheritdoc />
    public void Dispose() => slots.Dispose();

    sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
                slots.Release();
        }
    }
}
