using Alerts.Settings;

namespace Alerts.Search;

/// <summary>Which of eBay's pages somebody needs of a search; none is said by a silo of a release before 0.9, which needs both.</summary>
[Flags]
public enum WatchedPages
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>The page by price.</summary>
    Cheapest = 1,

    /// <summary>The pages by creation date.</summary>
    Newest = 2,

    /// <summary>Both, in turn.</summary>
    Both = Cheapest | Newest,
}

/// <summary>The pages of a search's settings.</summary>
public static class WatchedPagesOfSearches
{
    /// <summary>The pages that hold what a search watches.</summary>
    public static WatchedPages Pages(this SearchSettings search) => search.Watch switch
    {
        WatchMode.New => WatchedPages.Newest,
        WatchMode.Cheapest => WatchedPages.Cheapest,
        _ => WatchedPages.Both,
    };
}
