namespace Alerts.Mail.Smtp;

/// <summary>
/// Remembers that the SMTP server could not be reached, so that thousands of mails do not each wait for a connection that will not
/// come: until the next look at it, which one mail takes, all others are told at once. Looks are a second apart at first, then
/// twice as long each time, thirty seconds at most.
/// </summary>
sealed class ServerAbsence(TimeProvider clock)
{
    static readonly TimeSpan firstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan longestPause = TimeSpan.FromSeconds(30);

    readonly Lock gate = new();
    string? reason;
    TimeSpan pause;
    DateTimeOffset nextLook;

    /// <summary>Null when the caller may connect; otherwise why not.</summary>
    public string? Ask()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (reason is null)
                return null;
            if (now < nextLook)
                return reason;
            // This caller looks; the next may look when this one should have found out.
            nextLook = now + pause;
            return null;
        }
    }

    /// <summary>The server could not be reached.</summary>
    public void Confirm(string why)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            // Those who had set out before the first of them failed say nothing new.
            if (reason is null || now >= nextLook - pause)
                pause = reason is null ? firstPause : pause * 2 < longestPause ? pause * 2 : longestPause;
            reason = why;
            nextLook = now + pause;
        }
    }

    /// <summary>The server answered.</summary>
    public void End()
    {
        lock (gate)
            reason = null;
    }
}
