namespace Alerts.Demo.Marketplace;

/// <summary>
/// The filter parameter of a search, read: <c>price:[10..50],priceCurrency:USD,conditions:{NEW|USED}</c>.
/// One clause that eBay would not understand makes the whole filter void, with a warning.
/// </summary>
sealed record SearchFilter
{
    public const int MaxSellers = 250;

    /// <summary>eBay's default: auctions must be asked for.</summary>
    static readonly string[] FixedPriceOnly = ["FIXED_PRICE"];

    public static readonly SearchFilter None = new();

    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }
    public string? PriceCurrency { get; init; }
    public IReadOnlyList<string> Conditions { get; init; } = [];
    public IReadOnlyList<int> ConditionIds { get; init; } = [];
    public IReadOnlyList<string> BuyingOptions { get; init; } = FixedPriceOnly;
    public IReadOnlyList<string> Sellers { get; init; } = [];
    public IReadOnlyList<string> ExcludedSellers { get; init; } = [];
    public IReadOnlyList<string> ExcludedCategories { get; init; } = [];
    public string? Country { get; init; }
    public decimal? MaxDeliveryCost { get; init; }
    public DateTimeOffset? StartFrom { get; init; }
    public DateTimeOffset? StartTo { get; init; }
    public DateTimeOffset? EndFrom { get; init; }
    public DateTimeOffset? EndTo { get; init; }
    public IReadOnlyList<string> AccountTypes { get; init; } = [];
    public string? PickupCountry { get; init; }
    public string? PickupPostalCode { get; init; }
    public decimal? PickupRadius { get; init; }
    public string? PickupUnit { get; init; }

    /// <summary>Null unless all of its four filters are there.</summary>
    public PickupPlace? Pickup => this is { PickupCountry: { } country, PickupPostalCode: { } postalCode, PickupRadius: { } radius, PickupUnit: { } unit }
        ? new PickupPlace(country, postalCode, radius, unit == "km")
        : null;

    public bool HasSomeOfPickup => (PickupCountry ?? PickupPostalCode ?? PickupUnit) is not null || PickupRadius is not null;

    /// <summary>Whether a listing passes; <paramref name="rate"/> turns the listing's currency into <see cref="PriceCurrency"/>.</summary>
    public bool Passes(ListingSpec listing, decimal rate, BuyerContext buyer) =>
        IsBetween(listing.CurrentPrice * rate, MinPrice, MaxPrice)
        && HasOption(listing)
        && HasCondition(listing.ConditionId)
        && (Sellers.Count == 0 || Sellers.Contains(listing.Seller, StringComparer.OrdinalIgnoreCase))
        && !ExcludedSellers.Contains(listing.Seller, StringComparer.OrdinalIgnoreCase)
        && !ExcludedCategories.Contains(listing.CategoryId)
        && (Country is null || Country == listing.Country)
        && (MaxDeliveryCost is null || listing.ShippingCostFor(buyer) <= MaxDeliveryCost)
        && IsBetween(listing.CreatedAt, StartFrom, StartTo)
        && IsBetween(listing.EndsAt, EndFrom, EndTo)
        && (AccountTypes.Count == 0 || AccountTypes.Contains(listing.SellerAccountType))
        && Pickup?.Reaches(listing) != false;

    bool HasOption(ListingSpec listing)
    {
        foreach (var option in listing.BuyingOptions)
        {
            if (BuyingOptions.Contains(option))
                return true;
        }
        return false;
    }

    bool HasCondition(int? conditionId) =>
        (Conditions.Count == 0 && ConditionIds.Count == 0)
        || Conditions.Any(group => Condition.IsIn(group, conditionId))
        || (conditionId is { } id && ConditionIds.Contains(id));

    static bool IsBetween<T>(T? value, T? from, T? to)
        where T : struct, IComparable<T> =>
        (from is null && to is null)
        || (value is { } there && (from is null || there.CompareTo(from.Value) >= 0) && (to is null || there.CompareTo(to.Value) <= 0));
}
