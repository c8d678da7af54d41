using Alerts.Settings;

namespace Alerts.Search;

/// <summary>Which of eBay's pages a search's user needs. A silo of a release before 0.9 does not say and needs both.</summary>
[Flags]
public enum WatchedPages
{
    /// <summary>Not stated.</summary>
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
    /// <summary>The pages with the listings that a search watches.</summary>
    public static WatchedPages Pages(this SearchSettings search) => search.Watch switch
    {
        WatchMode.New => WatchedPages.Newest,
        WatchMode.Cheapest => WatchedPages.Cheapest,
        _ => WatchedPages.Both,
    };
}
