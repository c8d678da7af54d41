using Alerts.Demo.Faults;

namespace Alerts.Demo.Marketplace;

/// <summary>One misbehaviour of the marketplace. Several may be on the board; the first that applies strikes.</summary>
public sealed record MarketplaceFault : Fault
{
    /// <summary>Longest <see cref="Delay"/> and <see cref="RetryAfter"/>.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(10);

    /// <summary>What happens.</summary>
    public required MarketplaceFaultKind Kind { get; init; }

    /// <summary>Where it happens; by default at searches.</summary>
    public MarketplaceEndpoint Endpoint { get; init; }

    /// <summary>Strikes only searches for this phrase, in any case; null: all.</summary>
    public string? Phrase { get; init; }

    /// <summary>The Retry-After header of a 429 in whole seconds; null: none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long to wait, in real time; only for <see cref="MarketplaceFaultKind.Slow"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        if (Kind is MarketplaceFaultKind.Slow && !IsAllowed(Delay))
            throw new ArgumentException("A slow answer needs a delay of at most ten minutes.");
        if (RetryAfter is not null && !IsAllowed(RetryAfter))
            throw new ArgumentException("Retry-After is at most ten minutes.");
        if (Phrase is not null && Endpoint is not MarketplaceEndpoint.Search)
            throw new ArgumentException("Only a search has a phrase.");
        if (Kind is MarketplaceFaultKind.Warning or MarketplaceFaultKind.Empty && Endpoint is not MarketplaceEndpoint.Search)
            throw new ArgumentException("Only a search has filter warnings and listings.");
    }

    static bool IsAllowed(TimeSpan? time) => time is { } value && value >= TimeSpan.Zero && value <= MaxDelay;
}
