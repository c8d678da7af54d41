using System.Collections.Immutable;

namespace Alerts.Settings;

/// <summary>
/// Rules about a listing's seller. They are applied for each user to the shared answer and cost no calls. A listing that does not state
/// what a rule needs fails it.
/// </summary>
[GenerateSerializer, Immutable, Alias("Alerts.SellerRules")]
public sealed record SellerRules
{
    /// <summary>The lowest positive feedback in per cent, 0 to 100; absent: any.</summary>
    [Id(0)] public decimal? MinPercent { get; init; }

    /// <summary>The lowest feedback score, 0 to 10,000,000; absent: any.</summary>
    [Id(1)] public int? MinRatings { get; init; }

    /// <summary>Private or business; absent: either. Only marketplaces in Europe state it.</summary>
    [Id(2)] public SellerAccountType? AccountType { get; init; }

    /// <summary>Only these sellers, at most 250; empty: any.</summary>
    [Id(3)] public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Not these sellers, at most 250.</summary>
    [Id(4)] public ImmutableArray<string> Exclude { get; init; } = [];
}
