using Alerts.Demo.Marketplace;

namespace Alerts.Accounts;

/// <summary>A person who gets mails, and what was promised.</summary>
public sealed class Watcher
{
    readonly Dictionary<Offer, List<(decimal Price, DateTimeOffset At)>> shown = [];
    readonly HashSet<Offer> news = [];

    public required string Address { get; init; }

    /// <summary>What was chosen, for the story of a mistake.</summary>
    public required string Settings { get; init; }

    public required IReadOnlyList<Watch> Watches { get; init; }

    /// <summary>How long after it is found news may take.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Whether digest, quiet hours or a limit of mails make news wait.</summary>
    public bool MayWait { get; set; }

    /// <summary>Whether every check sends a list.</summary>
    public bool GetsLists { get; init; }

    /// <summary>Whether mails are wanted now.</summary>
    public bool IsServed { get; set; } = true;

    public List<string> Acts { get; } = [];

    /// <summary>What mails said a thing costs, and when.</summary>
    public IReadOnlyList<(decimal Price, DateTimeOffset At)> ShownOf(Offer offer) => shown.GetValueOrDefault(offer) ?? [];

    internal void Show(Offer offer, decimal price, DateTimeOffset at)
    {
        if (!shown.TryGetValue(offer, out var prices))
            shown[offer] = prices = [];
        prices.Add((price, at));
    }

    /// <summary>Whether a thing is called new to this person for the first time.</summary>
    internal bool CallNew(Offer offer) => news.Add(offer);

    public IEnumerable<Watch> Finding(Offer offer) => Watches.Where(watch => watch.Market == offer.Market && watch.Matches(offer.Spec));
}

/// <summary>One search of a person.</summary>
/// <param name="Market">Phrase and marketplace.</param>
/// <param name="Since">When it began.</param>
/// <param name="Matches">Whether the search's filters let a listing through.</param>
/// <param name="Target">The price at or below which alone the person hears of a listing; null: any.</param>
/// <param name="DropPercent">The drop that is news, in per cent of the lowest price shown.</param>
/// <param name="MinimumChange">The least amount of such a drop.</param>
public sealed record Watch(string Market, DateTimeOffset Since, Predicate<ListingSpec> Matches, decimal? Target, decimal DropPercent, decimal MinimumChange);
