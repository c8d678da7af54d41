namespace Alerts.Demo.Marketplace;

/// <summary>
/// The generated world: what is on sale for a phrase at a time slot, as a pure function of the seed, the phrase, the site and the slot.
/// </summary>
/// <remarks>
/// A phrase has a fixed number of shelves. Each holds one listing for 10 to 80 slots, then the next one, so that with 60 shelves
/// about one or two listings end and appear in every slot; a listing's price moves every 3 to 18 slots, mostly down.
/// </remarks>
sealed class ListingGenerator(int seed, int shelves, TimeSpan slotLength)
{
    const int MaxTitle = 80;

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
        var listings = new ListingSpec[shelves];
        for (var shelf = 0; shelf < shelves; shelf++)
            listings[shelf] = Listing(world.With(shelf), words, site, slot, usual);
        return listings;
    }

    ListingSpec Listing(Dice shelf, string words, MarketplaceSite site, long slot, double usual)
    {
        var life = 10 + shelf.With(1).Below(71);
        var offset = shelf.With(2).Below(life);
        var generation = Math.DivRem(slot + offset, life).Quotient;
        var listedIn = (generation * life) - offset;
        var dice = shelf.With(3).With(generation);

        var (currency, country) = dice.With(4).Below(8) == 0 ? dice.With(5).Pick(Abroad) : (site.Currency, site.Country);
        var listing = new ListingSpec($"{100_000_000_000 + (long)(dice.With(6).Value % 800_000_000_000)}", Title(words, dice.With(7)), 0)
        {
            Currency = site.Currency,
            CreatedAt = StartOf(listedIn) - TimeSpan.FromSeconds(600 + dice.With(8).Below(300)),
            Seller = $"demo_seller_{dice.With(9).Below(200):000}",
            Country = country,
            CategoryId = dice.With(10).Pick(Categories),
            ConditionId = dice.With(11).Pick(Conditions),
        };
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
    static decimal FixedPrice(Dice dice, double start, long age)
    {
        var stays = 3 + dice.With(18).Below(16);
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
        17 => listing with { ShippingCostType = "CALCULATED", ShippingCost = 12.5m },
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

    DateTimeOffset StartOf(long slot) => DateTimeOffset.UnixEpoch + (slot * slotLength);
}
