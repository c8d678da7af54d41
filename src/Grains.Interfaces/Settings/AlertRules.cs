namespace Alerts.Settings;

/// <summary>Which changes of a search's listings a user is notified of.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.AlertRules")]
public sealed record AlertRules
{
    /// <summary>With this <see cref="RearmPercent"/>, no rise arms a listing again.</summary>
    public const decimal NeverRearm = 100;

    /// <summary>The rules of a search stored without rules, by a release before 0.9: every new listing and every price drop.</summary>
    public static readonly AlertRules Default = new();

    /// <summary>
    /// The rules of a new search that states none. A user is notified of every new listing, and of a drop of 5 per cent and 1.00 below the
    /// lowest price shown before. A price that goes up and down is no news until it falls below that.
    /// </summary>
    public static readonly AlertRules ForNewSearches = new() { DropPercent = 5, MinimumChange = 1, RearmPercent = NeverRearm };

    /// <summary>Notify of any new listing; default true. Has no effect with <see cref="PriceAtOrBelow"/>.</summary>
    [Id(0)] public bool NewListings { get; init; } = true;

    /// <summary>
    /// The target price, in the listing's own currency: notify once of every listing at or below this amount, and of none above it. Notify
    /// again when the price drops further, or falls to the target from above. Absent: any price.
    /// </summary>
    [Id(1)] public decimal? PriceAtOrBelow { get; init; }

    /// <summary>
    /// Notify when a price fell by at least this many per cent since it was first seen, last notified, or risen to; 0: any drop. 0 to 99;
    /// default 5.
    /// </summary>
    [Id(2)] public decimal DropPercent { get; init; }

    /// <summary>The smallest fall or rise to notify of, in the marketplace's currency; default 1.00.</summary>
    [Id(3)] public decimal MinimumChange { get; init; } = 0.01m;

    /// <summary>
    /// After a rise by this many per cent, a price that was named before may be named again. 0: after any rise; 100 (default): never. A
    /// drop below the lowest price named is news in any case.
    /// </summary>
    [Id(4)] public decimal RearmPercent { get; init; }

    /// <summary>Hours in which the same listing is not named again; 0 (default) to 720.</summary>
    [Id(5)] public int CooldownHours { get; init; }

    /// <summary>Also notify when a price rose; default false.</summary>
    [Id(6)] public bool PriceRises { get; init; }

    /// <summary>
    /// The target price including shipping, in the marketplace's currency. Works like <see cref="PriceAtOrBelow"/>; absent: any.
    /// <c>deliverTo</c> says for which place.
    /// </summary>
    [Id(7)] public decimal? TotalAtOrBelow { get; init; }

    /// <summary>Has no effect without <see cref="TotalAtOrBelow"/>; default <see cref="UnknownShipping.Include"/>.</summary>
    [Id(8)] public UnknownShipping UnknownShipping { get; init; }

    /// <summary>
    /// Notify once of every auction, this many minutes before it ends; absent: no. 10 to 1440, and no less than the time between two checks
    /// (with a digest, a day). Only with AUCTION among the <see cref="SearchSettings.BuyingOptions"/>.
    /// </summary>
    [Id(9)] public int? EndingWithinMinutes { get; init; }

    /// <summary>
    /// The most bids of an auction that is announced before its end, 0 to 1000; absent: any. Only with <see cref="EndingWithinMinutes"/>.
    /// </summary>
    [Id(10)] public int? MaxBids { get; init; }

    /// <summary>
    /// The highest bid, as the marketplace shows it, of an auction that is announced before its end; absent: any. Only with
    /// <see cref="EndingWithinMinutes"/>.
    /// </summary>
    [Id(11)] public decimal? BidAtOrBelow { get; init; }
}
