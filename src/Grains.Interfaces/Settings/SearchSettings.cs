using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Settings.Sites;

namespace Alerts.Settings;

/// <summary>One search of a user: what to look for, and which changes to notify of.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchSettings")]
public sealed record SearchSettings
{
    /// <summary>Name of this search within its user, <c>s-</c> and eight hex digits; the service gives one when absent.</summary>
    [Id(0)] public string? Id { get; init; }

    /// <summary>
    /// eBay keywords, 1 to 100 characters: a blank means AND, <c>(a, b)</c> means OR, no wildcards (Browse API, <c>q</c>).
    /// </summary>
    [Id(1)] public required string Phrase { get; init; }

    /// <summary>eBay marketplace id; default <c>EBAY_US</c>.</summary>
    [Id(2)] public string Marketplace { get; init; } = Marketplaces.Default;

    /// <summary>eBay category id, digits; absent: all categories.</summary>
    [Id(3)] public string? Category { get; init; }

    /// <summary>Wanted item prices; absent: any.</summary>
    [Id(4)] public PriceRange? Price { get; init; }

    /// <summary>Wanted conditions; empty: any.</summary>
    [Id(5)] public ImmutableArray<ItemCondition> Conditions { get; init; } = [];

    /// <summary>Wanted buying options; empty: eBay's default, fixed price only.</summary>
    [Id(6)] public ImmutableArray<BuyingOption> BuyingOptions { get; init; } = [];

    /// <summary>Country the item is in, ISO 3166-1 alpha-2; absent: anywhere.</summary>
    [Id(7)] public string? LocationCountry { get; init; }

    /// <summary>Only items with free shipping; default false.</summary>
    [Id(8)] public bool FreeShipping { get; init; }

    /// <summary>Only these sellers, at most 250; empty: any.</summary>
    [Id(9)] public ImmutableArray<string> Sellers { get; init; } = [];

    /// <summary>Not these sellers, at most 250.</summary>
    [Id(10)] public ImmutableArray<string> ExcludeSellers { get; init; } = [];

    /// <summary>Words that exclude a listing (whole words of the title, ignoring case), at most 50 of 50 characters.</summary>
    [Id(11)] public ImmutableArray<string> ExcludeWords { get; init; } = [];

    /// <summary>Which changes to notify of; default <see cref="AlertRules.Default"/>.</summary>
    [Id(12)] public AlertRules Rules { get; init; } = AlertRules.Default;

    /// <summary>True while this search is not checked: set here, or by the link in its mails; default false.</summary>
    [Id(13)] public bool Paused { get; init; }

    /// <summary>The buyer's place, for the shipping cost; absent: eBay does not know the cost for most listings.</summary>
    [Id(30)] public DeliverTo? DeliverTo { get; init; }

    /// <summary>Conditions by eBay's numbers (3000 is used), instead of <see cref="Conditions"/>; at most 20; empty: any.</summary>
    [Id(31)] public ImmutableArray<int> ConditionIds { get; init; } = [];

    /// <summary>Aspects of the items, at most 10, all of which must match; only with a <see cref="Category"/>.</summary>
    [Id(32)] public ImmutableArray<AspectFilter> Aspects { get; init; } = [];

    /// <summary>Only items that can be picked up near a place; absent: any.</summary>
    [Id(33)] public PickupPlace? Pickup { get; init; }

    /// <summary>Country or region of the item; absent: anywhere. Instead of <see cref="LocationCountry"/>.</summary>
    [Id(34)] public ItemLocation? ItemLocation { get; init; }

    /// <summary>
    /// Which listings are watched when more match than one of eBay's pages holds; default <see cref="WatchMode.Everything"/>.
    /// </summary>
    [Id(35)] public WatchMode Watch { get; init; }

    /// <summary>
    /// Where this search's news goes: <c>mail</c> and ids of the user's channels, at most 11; absent or empty: everywhere. While none of
    /// them can be used, news goes by mail.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Id(36)] public ImmutableArray<string> Channels { get; init; }

    /// <summary>Rules about sellers. They are applied to the shared answer and cost no calls; absent: any seller.</summary>
    [Id(37)] public SellerRules? Seller { get; init; }

    /// <summary>
    /// Words of which the title must have at least one (whole words, ignoring case), at most 50 of 50 characters; empty: any title.
    /// </summary>
    [Id(38)] public ImmutableArray<string> IncludeWords { get; init; } = [];

    /// <summary>Numbers of listings to leave out, the newest last; at most 100.</summary>
    [Id(40)] public ImmutableArray<long> ExcludeListings { get; init; } = [];
}
