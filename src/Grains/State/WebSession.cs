namespace Alerts.State;

/// <summary>A browser that is signed in. An ended session is kept until its link expires.</summary>
public sealed record WebSession
{
    /// <summary>The name of the link that opened the session: a link opens one session only.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie, in hex digits.</summary>
    public required string KeyHash { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The browser's own description, shortened.</summary>
    public required string Browser { get; init; }

    /// <summary>The user's token generation at that time: rotating tokens ends sessions too.</summary>
    public required int Generation { get; init; }

    /// <summary>When the person ended the session; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
