namespace Alerts.State;

/// <summary>The durable intent to send a mail. Of alerts a user has at most one: while it waits, it is made anew with later news.</summary>
public sealed record OutboxEntry
{
    /// <summary>What to send.</summary>
    public required Notification Notification { get; init; }

    /// <summary>Where it goes; null: to the user's address.</summary>
    public string? Address { get; init; }

    /// <summary>Attempts that ended without the server's acceptance, or were claimed after a restart.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that ended because the mail could not be composed.</summary>
    public int ComposeFaults { get; init; }

    /// <summary>Not before this moment; null: at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Whether its next attempt is due. A moment longer away than any back-off is of a clock that was wrong.</summary>
    public bool IsReady(DateTimeOffset now) => !(NextAttemptAt > now) || NextAttemptAt > now + maxBackOff;

    static readonly TimeSpan maxBackOff = TimeSpan.FromHours(2);
}
