using System.Collections.Frozen;

namespace Alerts.Search;

/// <summary>The number of decimals that ISO 4217 gives a currency, regardless of a country's habits.</summary>
public static class CurrencyDecimals
{
    const int Usual = 2;

    static readonly FrozenDictionary<string, int> others = new Dictionary<string, int>
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0,
        ["UGX"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of decimals of a currency; two for an unknown one.</summary>
    /// <param name="currency">Its code.</param>
    public static int Of(string currency) => others.GetValueOrDefault(currency, Usual);
}
