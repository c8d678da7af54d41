namespace Alerts.State.Notifications;

/// <summary>
/// The durable intent to send a mail. A user has at most one for alerts: while it waits, it is made again with later news.
/// </summary>
public sealed record OutboxEntry
{
    /// <summary>What to send.</summary>
    public required Notification Notification { get; init; }

    /// <summary>The address to send to; null for the user's own.</summary>
    public string? Address { get; init; }

    /// <summary>Attempts that ended without acceptance, or that were claimed after a restart.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that ended because the mail could not be composed.</summary>
    public int ComposeFaults { get; init; }

    /// <summary>The earliest moment of the next attempt; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Whether the next attempt is due. A moment later than any back-off allows was written while a clock was wrong.</summary>
    public bool IsReady(DateTimeOffset now) => !(NextAttemptAt > now) || NextAttemptAt > now + maxBackOff;

    static readonly TimeSpan maxBackOff = TimeSpan.FromHours(2);
}
