namespace Alerts.Demo.Marketplace;

/// <summary>
/// The generated world: what is on sale for a phrase at a time slot, as a pure function of the seed, the phrase, the site and the slot.
/// </summary>
/// <remarks>
/// A phrase has a fixed number of shelves. Each holds one listing for some slots, then the next one; a listing's price moves now and then,
/// mostly down. At the usual pace a listing is there for 10 to 80 slots and its price stands for 3 to 18, so that of 60 shelves one or two
/// change their listing in every slot.
/// </remarks>
sealed class ListingGenerator(MarketplaceOptions options)
{
    const int MaxTitle = 80;
    const double UsualPace = 480;

    static readonly TimeSpan leastIndexDelay = TimeSpan.FromMinutes(10);
    static readonly TimeSpan usualIndexDelay = TimeSpan.FromMinutes(15);
    static readonly TimeSpan longIndexDelay = TimeSpan.FromHours(2);

    readonly int seed = options.Seed;
    readonly double slowness = UsualPace / options.Pace;

    static readonly (string Currency, string Country)[] Abroad = [("CAD", "CA"), ("GBP", "GB"), ("EUR", "DE"), ("AUD", "AU"), ("JPY", "JP")];
    static readonly string[] Before = ["", "", "", "", "", "Genuine ", "NEW ", "Lot of 2 ", "Case for ", "Parts for "];
    static readonly string[] After =
    [
        "Excellent Condition", "Tested & Working", "w/ Original Box", "Very Good", "Fast Shipping", "Brand New Sealed", "Great Price!",
        "\"Like New\"", "Open Box", "Bundle", "Read Description", "- Très bon état", "for Parts or Repair", "Box Only", "2 Year Warranty",
        "Limited Edition", "Fully Working <Rare>", "Great Gift 🎁", "Refurbished", "Lightly Used",
    ];
    static readonly string[] Colours = ["Black", "White", "Blue", "Silver", "Red", "Green", "Gold", ""];
    static readonly int?[] Conditions = [1000, 1000, 1000, 1000, 1500, 2000, 2500, 3000, 3000, 3000, 3000, 4000, 7000, null];
    static readonly string[] Categories = ["9355", "20349", "58540", "27386", "175673", "16145"];

    public IReadOnlyList<ListingSpec> Listings(string phrase, MarketplaceSite site, long slot)
    {
        var words = Words(phrase);
        var world = new Dice(seed, $"{site.Id} {phrase}");
        var usual = 15 * Math.Pow(2, 5 * world.Fraction);
        var listings = new ListingSpec[options.ListingsPerQuery];
        for (var shelf = 0; shelf < listings.Length; shelf++)
            listings[shelf] = Listing(world.With(shelf), words, site, slot, usual);
        return listings;
    }

    ListingSpec Listing(Dice shelf, string words, MarketplaceSite site, long slot, double usual)
    {
        var life = (long)((10 + shelf.With(1).Below(71)) * slowness);
        var offset = shelf.With(2).Below((int)life);
        var generation = Math.DivRem(slot + offset, life).Quotient;
        var listedIn = (generation * life) - offset;
        var dice = shelf.With(3).With(generation);

        var (currency, country) = dice.With(4).Below(8) == 0 ? dice.With(5).Pick(Abroad) : (site.Currency, site.Country);
        var listing = new ListingSpec($"{100_000_000_000 + (long)(dice.With(6).Value % 800_000_000_000)}", Title(words, dice.With(7)), 0)
        {
            Currency = site.Currency,
            CreatedAt = StartOf(listedIn) - IndexDelay(dice.With(8)),
            Country = country,
            CategoryId = dice.With(10).Pick(Categories),
            ConditionId = dice.With(11).Pick(Conditions),
        };
        listing = WithPlace(WithSeller(listing, dice.With(9).Below(200), site), dice.With(23));
        listing = listing with { Aspects = Aspects(words, listing.Title) };
        listing = WithShipping(listing, dice.With(12), usual);
        var dollars = usual * (0.35 + (1.3 * dice.With(14).Fraction));
        if (dice.With(15).Below(9) == 0)
            return WithBids(listing, dice, dollars, (double)(slot - listedIn) / life, StartOf(listedIn + life));
        var sellersPrice = FixedPrice(dice, dollars / (double)ExchangeRates.Rate(seed, currency, "USD", 0), slot - listedIn);
        return WithPrice(WithVariations(listing, dice.With(13)), dice, currency, sellersPrice, slot);
    }

    ListingSpec WithPrice(ListingSpec listing, Dice dice, string currency, decimal sellersPrice, long slot)
    {
        var price = decimal.Round(sellersPrice * ExchangeRates.Rate(seed, currency, listing.Currency, slot), 2);
        var isConverted = currency != listing.Currency;
        return listing with
        {
            Price = price,
            ConvertedFromValue = isConverted ? sellersPrice : null,
            ConvertedFromCurrency = isConverted ? currency : null,
            OriginalPrice = dice.With(16).Below(10) == 0 ? decimal.Round(price * 1.25m, 2) : null,
            BuyingOptions = dice.With(17).Below(7) == 0 ? ["FIXED_PRICE", "BEST_OFFER"] : ["FIXED_PRICE"],
        };
    }

    /// <summary>Changes every few slots, by at most a few percent, and falls a little each time.</summary>
    decimal FixedPrice(Dice dice, double start, long age)
    {
        var stays = (long)((3 + dice.With(18).Below(16)) * slowness);
        var step = age / stays;
        var noise = step == 0 ? 0 : 0.06 * (dice.With(19).With(step).Fraction - 0.5);
        var price = Math.Max(1, start * (1 - (0.02 * Math.Min(step, 12)) + noise));
        return dice.With(20).Below(5) switch
        {
            0 => decimal.Round((decimal)price, 2),
            1 => Math.Ceiling((decimal)price),
            _ => Math.Ceiling((decimal)price) - 0.01m,
        };
    }

    /// <summary>Bids come in over the auction's life, most of them late.</summary>
    static ListingSpec WithBids(ListingSpec listing, Dice dice, double dollars, double elapsed, DateTimeOffset end)
    {
        var opening = Math.Max(0.99m, Math.Ceiling((decimal)dollars * 0.3m) - 0.01m);
        var bids = (int)(dice.With(21).Below(25) * elapsed * elapsed);
        return listing with
        {
            Price = dice.With(22).Below(2) == 0 ? opening : null,
            CurrentBidPrice = opening + (bids * decimal.Round((decimal)dollars * 0.03m, 2)),
            BidCount = bids,
            EndsAt = end,
            BuyingOptions = ["AUCTION"],
        };
    }

    static ListingSpec WithShipping(ListingSpec listing, Dice dice, double usual) => dice.Below(20) switch
    {
        < 11 => listing,
        < 17 => listing with { ShippingCost = decimal.Round((decimal)(3 + (usual * 0.1 * dice.With(1).Fraction)), 2) },
        17 => listing with { ShippingCostType = "CALCULATED", ShippingCost = 12.5m, IsShippingByPlace = true },
        18 => listing with { ShippingCostType = "CALCULATED", ShippingCost = null },
        _ => listing with { ShippingCostType = null, ShippingCost = null },
    };

    static ListingSpec WithVariations(ListingSpec listing, Dice dice) => dice.Below(6) == 0
        ? listing with { IsVariationGroup = true, VariationId = 600_000_000_000 + (long)(dice.With(1).Value % 99_999_999_999) }
        : listing;

    static string Title(string words, Dice dice)
    {
        var title = $"{dice.With(1).Pick(Before)}{words} {dice.With(2).Pick(Colours)} {dice.With(3).Pick(After)}".Replace("  ", " ", StringComparison.Ordinal);
        return title.Length <= MaxTitle ? title : words.Length <= MaxTitle ? words : words[..MaxTitle];
    }

    /// <summary>The phrase as a title shows it: of alternatives in brackets the first, each word with a capital.</summary>
    static string Words(string phrase)
    {
        var words = phrase.Split([' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(word => word.StartsWith("ip", StringComparison.Ordinal)
            ? $"i{char.ToUpperInvariant(word[1])}{word[2..]}"
            : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Seven in ten show soon, two of the others within two hours, one as late as the longest delay; with none of that, as at the default.</summary>
    TimeSpan IndexDelay(Dice dice)
    {
        var max = options.MaxIndexDelay;
        var to = max <= usualIndexDelay ? usualIndexDelay
            : dice.With(1).Below(10) switch { < 7 => usualIndexDelay, < 9 => longIndexDelay < max ? longIndexDelay : max, _ => max };
        return TimeSpan.FromSeconds(leastIndexDelay.TotalSeconds + dice.Below((int)(to - leastIndexDelay).TotalSeconds));
    }

    /// <summary>A seller has the same feedback in every listing: most are good, some are new, a few are bad.</summary>
    ListingSpec WithSeller(ListingSpec listing, int number, MarketplaceSite site)
    {
        var dice = new Dice(seed, $"{site.Id} seller {number}");
        return listing with
        {
            Seller = $"demo_seller_{number:000}",
            SellerFeedbackPercent = dice.With(1).Below(10) switch { 0 => 80 + dice.With(2).Below(150) / 10m, 1 => 100, _ => 98 + dice.With(2).Below(20) / 10m },
            SellerFeedbackScore = dice.With(3).Below(8) == 0 ? dice.With(4).Below(10) : (int)Math.Pow(10, 1 + (4 * dice.With(4).Fraction)),
            SellerAccountType = site.HasAccountTypes && dice.With(5).Below(3) == 0 ? "BUSINESS" : "INDIVIDUAL",
        };
    }

    /// <summary>The postal code as eBay shows it, its end hidden.</summary>
    static ListingSpec WithPlace(ListingSpec listing, Dice dice) => listing with
    {
        PostalCode = dice.With(1).Below(12) == 0 ? null : $"{100 + dice.With(2).Below(900)}**",
        HasLocalPickup = dice.With(3).Below(4) == 0,
    };

    static Dictionary<string, string> Aspects(string words, string title)
    {
        var aspects = new Dictionary<string, string> { ["Brand"] = words.Split(' ')[0] };
        if (Colours.FirstOrDefault(colour => colour.Length > 0 && title.Contains($" {colour} ", StringComparison.Ordinal)) is { } found)
            aspects["Color"] = found;
        return aspects;
    }

    DateTimeOffset StartOf(long slot) => DateTimeOffset.UnixEpoch + (slot * options.PriceChangePeriod);
}
