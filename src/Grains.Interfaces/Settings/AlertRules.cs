namespace Alerts.Settings;

/// <summary>What makes a listing of a search worth a mail.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.AlertRules")]
public sealed record AlertRules
{
    /// <summary>The <see cref="RearmPercent"/> by which no rise arms a listing again.</summary>
    public const decimal NeverRearm = 100;

    /// <summary>The rules of a search stored without any, by a release before 0.9: every new listing and every price drop.</summary>
    public static readonly AlertRules Default = new();

    /// <summary>
    /// The rules of a new search that states none: every new listing, and a drop of 5 per cent and 1.00 below the lowest price that the person
    /// was shown. A price that goes up and down is no news until it passes that.
    /// </summary>
    public static readonly AlertRules ForNewSearches = new() { DropPercent = 5, MinimumChange = 1, RearmPercent = NeverRearm };

    /// <summary>Tell about any new listing; default true. Of no effect with <see cref="PriceAtOrBelow"/>.</summary>
    [Id(0)] public bool NewListings { get; init; } = true;

    /// <summary>
    /// The target price: tell once of every listing at or below this amount, in the listing's own currency, again when it falls
    /// to it from above or drops further, and of none above it; absent: any price.
    /// </summary>
    [Id(1)] public decimal? PriceAtOrBelow { get; init; }

    /// <summary>Tell when a price fell by at least this many per cent since it was first seen, last told, or risen to; 0: any drop. 0 to 99; default 5.</summary>
    [Id(2)] public decimal DropPercent { get; init; }

    /// <summary>Smallest fall or rise worth telling, in the marketplace's currency; default 1.00.</summary>
    [Id(3)] public decimal MinimumChange { get; init; } = 0.01m;

    /// <summary>
    /// A listing is armed again, for a price that was named already, once its price rose by this many per cent over that; 0: by any
    /// rise; 100 (default): never. A drop below the lowest price named is news in any case.
    /// </summary>
    [Id(4)] public decimal RearmPercent { get; init; }

    /// <summary>Hours in which the same listing is not told again; 0 (default) to 720.</summary>
    [Id(5)] public int CooldownHours { get; init; }

    /// <summary>Also tell when a price rose; default false.</summary>
    [Id(6)] public bool PriceRises { get; init; }

    /// <summary>
    /// The target price with shipping, in the marketplace's currency: like <see cref="PriceAtOrBelow"/>, of price and shipping together;
    /// absent: any. <c>deliverTo</c> says for which place.
    /// </summary>
    [Id(7)] public decimal? TotalAtOrBelow { get; init; }

    /// <summary>Of no effect without <see cref="TotalAtOrBelow"/>; default <see cref="UnknownShipping.Include"/>.</summary>
    [Id(8)] public UnknownShipping UnknownShipping { get; init; }

    /// <summary>
    /// Tell once of every auction so many minutes before it ends, 10 to 1440 and no less than the time between two checks (of a digest, a day);
    /// absent: no. With AUCTION among the <see cref="SearchSettings.BuyingOptions"/> only.
    /// </summary>
    [Id(9)] public int? EndingWithinMinutes { get; init; }

    /// <summary>The most bids of an auction that is told of before it ends, 0 to 1000; absent: any. With <see cref="EndingWithinMinutes"/> only.</summary>
    [Id(10)] public int? MaxBids { get; init; }

    /// <summary>
    /// The highest bid of an auction that is told of before it ends, as the marketplace shows it; absent: any. With
    /// <see cref="EndingWithinMinutes"/> only.
    /// </summary>
    [Id(11)] public decimal? BidAtOrBelow { get; init; }
}
