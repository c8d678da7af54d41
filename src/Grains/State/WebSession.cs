namespace Alerts.State;

/// <summary>A browser that is signed in; kept after its end until its link cannot be used any more.</summary>
public sealed record WebSession
{
    /// <summary>The name of the link that opened it: no link opens two.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the secret that the browser keeps in its cookie, hex digits.</summary>
    public required string KeyHash { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Which browser, in its own words, shortened.</summary>
    public required string Browser { get; init; }

    /// <summary>The user's token generation then: rotating tokens ends sessions, too.</summary>
    public required int Generation { get; init; }

    /// <summary>When the person ended it; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
