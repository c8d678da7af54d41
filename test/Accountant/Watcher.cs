using Alerts.Demo.Marketplace;

namespace Alerts.Accounts;

/// <summary>A person who gets mails, and what was promised.</summary>
public sealed class Watcher
{
    readonly Dictionary<Offer, List<(decimal Price, DateTimeOffset At)>> shown = [];
    readonly HashSet<Offer> news = [];
    readonly HashSet<string> endings = [];
    readonly List<DateTimeOffset> saidMore = [];

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

    /// <summary>Whether mails are wanted, but for a snooze.</summary>
    public bool IsServed { get; set; } = true;

    public DateTimeOffset? SnoozedUntil { get; set; }

    /// <summary>The pages that the last mail led to, since it had no room for all news.</summary>
    public IReadOnlyList<string> Links { get; private set; } = [];

    /// <summary>Whether a mail said that of all that match only the cheapest are watched for drops.</summary>
    public bool IsToldScope { get; private set; }

    public bool IsServedAt(DateTimeOffset moment) => IsServed && !(moment < SnoozedUntil);

    public List<string> Acts { get; } = [];

    /// <summary>What mails said a thing costs, and when.</summary>
    public IReadOnlyList<(decimal Price, DateTimeOffset At)> ShownOf(Offer offer) => shown.GetValueOrDefault(offer) ?? [];

    internal void Show(Offer offer, decimal price, DateTimeOffset at)
    {
        if (!shown.TryGetValue(offer, out var prices))
            shown[offer] = prices = [];
        prices.Add((price, at));
    }

    internal void Read(AccountedMail mail)
    {
        Links = mail.Links;
        IsToldScope |= mail.SaysScope;
        if (mail.Links.Count > 0)
            saidMore.Add(mail.At);
    }

    /// <summary>Whether a mail between two moments said that there was more.</summary>
    internal bool WasToldOfMore(DateTimeOffset from, DateTimeOffset before) => saidMore.Exists(at => at >= from && at < before);

    /// <summary>Whether this person hears of an auction's end for the first time.</summary>
    internal bool SayEnding(Offer offer) => endings.Add(offer.Spec.LegacyItemId);

    /// <summary>Whether this person heard of an auction's end.</summary>
    internal bool HeardOfEnding(Offer offer) => endings.Contains(offer.Spec.LegacyItemId);

    /// <summary>Whether a thing is called new to this person for the first time.</summary>
    internal bool CallNew(Offer offer) => news.Add(offer);
}

/// <summary>One search of a person.</summary>
/// <param name="Market">Phrase and marketplace.</param>
/// <param name="Since">When it began.</param>
/// <param name="Matches">Whether the search's filters let a listing through.</param>
public sealed record Watch(string Market, DateTimeOffset Since, Predicate<ListingSpec> Matches)
{
    /// <summary>Whether a listing costs what the person wants to pay: of what does not, nothing is heard.</summary>
    public Predicate<ListingSpec> MeetsTarget { get; init; } = _ => true;

    /// <summary>Whether drops are news.</summary>
    public bool HearsOfDrops { get; init; } = true;

    /// <summary>The drop that is news, in per cent of the lowest price shown.</summary>
    public decimal DropPercent { get; init; }

    /// <summary>The least amount of such a drop.</summary>
    public decimal MinimumChange { get; init; }

    /// <summary>The rise, in per cent, after which a price that was shown is news again; 100: none.</summary>
    public decimal RearmPercent { get; init; } = 100;

    /// <summary>Whether only the cheapest are watched.</summary>
    public bool IsCheapestOnly { get; init; }

    /// <summary>What is to be said of auctions before they end; null: this is no search for auctions.</summary>
    public AuctionWatch? Auctions { get; init; }

    public bool Wants(ListingSpec listing) => Matches(listing) && MeetsTarget(listing);

    public bool IsDrop(decimal price, decimal lowest) =>
        HearsOfDrops && price <= lowest - MinimumChange && price <= lowest * (1 - (DropPercent / 100));

    public bool IsRearmed(decimal highest, decimal shown) => RearmPercent < 100 && highest > shown && highest >= shown * (1 + (RearmPercent / 100));
}
