namespace Alerts.State;

/// <summary>The durable intent to send a mail (a user has at most one: later news is merged into it while it waits).</summary>
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
}
