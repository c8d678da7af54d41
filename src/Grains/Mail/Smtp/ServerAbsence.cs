namespace Alerts.Mail.Smtp;

/// <summary>
/// Remembers that the SMTP server could not be reached, so that thousands of mails do not each wait for a connection. Until the back-off is
/// over, all mails are deferred at once. Then one mail tries to connect. Safe for concurrent use.
/// </summary>
sealed class ServerAbsence(TimeProvider clock)
{
    static readonly BackOff backOff = new(First: TimeSpan.FromSeconds(1), Max: TimeSpan.FromSeconds(30));

    readonly Lock gate = new();
    string? reason;
    int faults;
    DateTimeOffset nextAttempt;

    /// <summary>Null when the caller may connect, otherwise the reason why not.</summary>
    public string? Ask()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (reason is null)
                return null;
            if (now < nextAttempt)
                return reason;
            // This caller tries. The next one may try when this attempt should be over.
            nextAttempt = now + backOff.After(faults);
            return null;
        }
    }

    public void Confirm(string why)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            // Attempts that began before the first of them failed count as one fault.
            if (reason is null || now >= nextAttempt - backOff.After(faults))
                faults = reason is null ? 1 : faults + 1;
            reason = why;
            nextAttempt = now + backOff.After(faults);
        }
    }

    public void End()
    {
        lock (gate)
            reason = null;
    }
}
