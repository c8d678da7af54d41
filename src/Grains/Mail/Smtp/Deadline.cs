namespace Alerts.Mail.Smtp;

/// <summary>A token that is cancelled by its caller or after a time, measured by the service's clock.</summary>
sealed class Deadline : IDisposable
{
    readonly CancellationTokenSource time;
    readonly CancellationTokenSource either;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken caller)
    {
        time = new CancellationTokenSource(limit, clock);
        either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, caller);
    }

    public CancellationToken Token => either.Token;

    public void Dispose()
    {
        either.Dispose();
        time.Dispose();
    }
}
