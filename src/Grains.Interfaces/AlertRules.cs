namespace Alerts;

/// <summary>What makes a listing of a search worth a mail.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.AlertRules")]
public sealed record AlertRules
{
    /// <summary>The rules of a search that states none: every new listing and every price drop.</summary>
    public static readonly AlertRules Default = new();

    /// <summary>Tell about any new listing; default true.</summary>
    [Id(0)] public bool NewListings { get; init; } = true;

    /// <summary>Tell when a price is at or below this amount, in the listing's own currency; absent: any price.</summary>
    [Id(1)] public decimal? PriceAtOrBelow { get; init; }

    /// <summary>Tell when a price fell by at least this many per cent since it was last told; 0 (default): any drop. 0 to 99.</summary>
    [Id(2)] public decimal DropPercent { get; init; }

    /// <summary>Smallest fall worth telling, in the listing's own currency; default 0.01.</summary>
    [Id(3)] public decimal MinimumChange { get; init; } = 0.01m;

    /// <summary>After a drop was told, a listing is armed again once its price rose by this many per cent over the told price; 0 (default): at once. 0 to 100.</summary>
    [Id(4)] public decimal RearmPercent { get; init; }

    /// <summary>Hours in which the same listing is not told again; 0 (default) to 720.</summary>
    [Id(5)] public int CooldownHours { get; init; }

    /// <summary>Also tell when a price rose; default false.</summary>
    [Id(6)] public bool PriceRises { get; init; }
}
