using System.Collections.Immutable;

namespace Alerts.Settings;

/// <summary>
/// Whose listings a search wants, judged for each user on the answer that all share: it costs no calls of its own. A listing that does not
/// say what a rule asks for does not meet it.
/// </summary>
[GenerateSerializer, Immutable, Alias("Alerts.SellerRules")]
public sealed record SellerRules
{
    /// <summary>Least positive feedback in per cent, 0 to 100; absent: any.</summary>
    [Id(0)] public decimal? MinPercent { get; init; }

    /// <summary>Least feedback score, 0 to 10,000,000; absent: any.</summary>
    [Id(1)] public int? MinRatings { get; init; }

    /// <summary>Private or business; absent: either. Only marketplaces in Europe say it.</summary>
    [Id(2)] public SellerAccountType? AccountType { get; init; }

    /// <summary>Only these sellers, at most 250; empty: any.</summary>
    [Id(3)] public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Not these sellers, at most 250.</summary>
    [Id(4)] public ImmutableArray<string> Exclude { get; init; } = [];
}
