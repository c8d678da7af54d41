namespace Alerts.Demo.Marketplace;

/// <summary>The world's exchange rates: around a fixed middle, moving a little with time and apart from every seller's price.</summary>
static class ExchangeRates
{
    /// <summary>A rate stays for this many slots.</summary>
    const int SlotsPerRate = 3;

    /// <summary>US dollars for one unit, roughly.</summary>
    static readonly Dictionary<string, double> Dollars = new()
    {
        ["USD"] = 1, ["EUR"] = 1.09, ["GBP"] = 1.28, ["CAD"] = 0.73, ["AUD"] = 0.66, ["CHF"] = 1.13, ["JPY"] = 0.0067,
        ["HKD"] = 0.128, ["PLN"] = 0.25, ["SGD"] = 0.74, ["MYR"] = 0.22, ["PHP"] = 0.0175, ["TWD"] = 0.031,
    };

    public static bool IsKnown(string currency) => Dollars.ContainsKey(currency);

    /// <summary>How much one unit of <paramref name="from"/> is in <paramref name="to"/> at a slot.</summary>
    public static decimal Rate(int seed, string from, string to, long slot) =>
        from == to ? 1 : (decimal)Math.Round(InDollars(seed, from, slot) / InDollars(seed, to, slot), 6);

    static double InDollars(int seed, string currency, long slot)
    {
        if (currency == "USD")
            return 1;
        var dice = new Dice(seed, currency).With(Math.DivRem(slot, SlotsPerRate).Quotient);
        return Dollars[currency] * (0.99 + 0.02 * dice.Fraction);
    }
}
