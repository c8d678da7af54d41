namespace Alerts.Users;

/// <summary>What a user's search remembers of one listing, small because there are many: prices in the seller's currency.</summary>
public readonly record struct SeenListing
{
    /// <summary>The listing's number, the same for all its variations.</summary>
    public required long Number { get; init; }

    /// <summary>The price last told, or first seen; later drops are measured from it.</summary>
    public required decimal ToldPrice { get; init; }

    /// <summary>The price last seen.</summary>
    public required decimal LastPrice { get; init; }

    /// <summary>ISO 4217 code of both prices.</summary>
    public required string Currency { get; init; }

    /// <summary>When it was last in a result.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When it was last told; null if never.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>True after a drop was told and until the price rose again by <see cref="AlertRules.RearmPercent"/>.</summary>
    public bool Disarmed { get; init; }
}
