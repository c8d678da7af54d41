using Alerts.Search;
using Alerts.Settings;

namespace Alerts.Texts;

/// <summary>Says which part of a search's matches is watched. Pure.</summary>
public static class ScopeText
{
    /// <summary>One or two sentences.</summary>
    /// <param name="texts">The reader's language.</param>
    /// <param name="watch">What the search watches.</param>
    /// <param name="total">How many listings match, by eBay's count.</param>
    /// <param name="cheapest">How many of the cheapest one page holds; 0 when it holds all matches.</param>
    /// <param name="missedSome">Whether more new listings came than eBay's pages show at once.</param>
    public static string Of(TextCatalogue texts, WatchMode watch, int total, int cheapest, bool missedSome)
    {
        var sentence = (watch, cheapest) switch
        {
            (WatchMode.New, 0) => texts["scope.all.new"],
            (_, 0) => texts["scope.all"],
            (WatchMode.New, _) => texts["scope.new", total],
            (WatchMode.Cheapest, _) => texts["scope.cheapest", total, cheapest],
            _ => texts["scope.everything", total, cheapest],
        };
        return missedSome && watch is not WatchMode.Cheapest ? texts["scope.missed", sentence] : sentence;
    }

    public static string Of(TextCatalogue texts, SearchSettings search, SearchSnapshot snapshot) =>
        Of(texts, search.Watch, snapshot.Total, snapshot.WatchedCheapest, snapshot.MissedSome);
}
