using System.Globalization;

namespace Alerts.Accounts;

/// <summary>
/// The accountant of news: reads every mail against the truth of the market, and at the end finds what no mail said. A reader's own
/// measure counts: a thing is told when a mail named it, and a price is compared with what this person was shown.
/// </summary>
/// <param name="truth">What was on sale.</param>
public sealed class Books(MarketTruth truth)
{
    /// <summary>What a mail says may be as old as this (eBay API licence).</summary>
    static readonly TimeSpan freshness = TimeSpan.FromHours(6);

    /// <summary>A check may come this much after its interval: the window of the query, and the wait for admission.</summary>
    static readonly TimeSpan tolerance = TimeSpan.FromMinutes(5);

    /// <summary>An auction is said at the first tick after its lead begins; ticks are at most this far apart.</summary>
    static readonly TimeSpan tick = TimeSpan.FromMinutes(10);

    readonly HashSet<(Watcher, Offer)> ended = [];

    readonly Dictionary<string, Watcher> watchers = [];
    readonly List<Finding> findings = [];
    readonly Dictionary<Outcome, int> counts = [];
    readonly List<(DateTimeOffset From, DateTimeOffset To)> troubles = [];

    public IReadOnlyList<Finding> Findings => findings;

    public IReadOnlyDictionary<Outcome, int> Counts => counts;

    public IEnumerable<Watcher> Watchers => watchers.Values;

    public void Add(Watcher watcher) => watchers.Add(watcher.Address, watcher);

    public void Remove(Watcher watcher) => watchers.Remove(watcher.Address);

    /// <summary>Something outside does not work: news may be late for it, until it has been right again for a while.</summary>
    public void NoteTrouble(DateTimeOffset from, DateTimeOffset to) => troubles.Add((from, to));

    /// <summary>Checks what a mail says, and remembers what it showed.</summary>
    public void Enter(AccountedMail mail)
    {
        if (!watchers.TryGetValue(mail.Address, out var watcher))
            return;
        watcher.Read(mail);
        if (!watcher.IsServedAt(mail.At) && mail.Claims.Count > 0)
            Blame(Outcome.Wrongly, "mailed while no mail is wanted", watcher, null, mail.Subject);
        foreach (var claim in mail.Claims)
        {
            if (truth.Find(claim.Number) is not { } offer)
                Blame(Outcome.Wrongly, "a listing that never was", watcher, null, claim.ToString());
            else if (claim.IsEnding && !mail.IsFirst)
                EnterEnding(mail, claim, offer, watcher);
            else
                Enter(mail, claim, offer, watcher);
        }
    }

    /// <summary>
    /// Asks for what no mail said, when all has worked for longer than anybody's news may wait. What stands for less than two intervals
    /// need not have been told yet.
    /// </summary>
    /// <param name="now">The end.</param>
    /// <param name="linkedAsync">Numbers of the listings on the pages that the last mail to a person links to.</param>
    public async Task CloseAsync(DateTimeOffset now, Func<Watcher, Task<IReadOnlySet<string>>> linkedAsync)
    {
        foreach (var watcher in watchers.Values.Where(watcher => watcher.IsServedAt(now)))
        {
            var page = await linkedAsync(watcher);
            foreach (var offer in watcher.Watches.Where(watch => watch.Auctions is null).Select(watch => watch.Market).Distinct().SelectMany(truth.Of)
                .Where(offer => offer.PriceSince <= now - (2 * watcher.Interval) - tolerance))
                Settle(watcher, offer, page);
        }
    }

    /// <summary>Asks for the auctions that ended since the last time: who wanted to hear of one must have heard of it by its end.</summary>
    public void EndAuctions(DateTimeOffset now)
    {
        foreach (var watcher in watchers.Values)
        {
            foreach (var (watch, auctions) in watcher.Watches.Where(watch => watch.Auctions is not null).Select(watch => (watch, watch.Auctions!)))
            {
                foreach (var offer in truth.Of(watch.Market).Where(offer => offer.Spec.EndsAt <= now && ended.Add((watcher, offer))))
                    EndAuction(watcher, watch, auctions, offer);
            }
        }
    }

    /// <summary>A table of all outcomes, and the mistakes by kind with an example of each.</summary>
    public string Report() => $"""
        {string.Join(", ", Enum.GetValues<Outcome>().Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{outcome} {counts.GetValueOrDefault(outcome)}")))}
        {string.Join('\n', findings.GroupBy(finding => (finding.Outcome, finding.Kind)).OrderByDescending(kind => kind.Count())
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key.Outcome}: {kind.Key.Kind}, {kind.Count()} times. {kind.First().Story}")))}
        """;

    void Enter(AccountedMail mail, Claim claim, Offer offer, Watcher watcher)
    {
        // In the first mail it may be said of any auction that ends soon.
        if (claim.IsEnding)
            watcher.SayEnding(offer);
        var before = watcher.ShownOf(offer);
        var isList = mail.IsFirst || watcher.GetsLists;
        if (!offer.Cost(claim.Price, mail.At - freshness, mail.At))
            Blame(Outcome.Wrongly, "a price that was not so", watcher, offer, claim.ToString());
        if (!isList)
            Judge(mail, claim, offer, watcher, before);
        if (!mail.IsFirst && SinceWhen(watcher, offer, before, claim, isList, mail.At) is { } since)
        {
            var promptness = Promptness(watcher, since, mail.At);
            if (promptness is Outcome.Late && before.Count > 0 && watcher.IsToldScope)
                promptness = Outcome.LateAsSaid;
            if (promptness is Outcome.Late)
                Blame(Outcome.Late, before.Count == 0 ? "a new listing, without a reason" : "a drop, without a reason", watcher, offer, claim.ToString());
            else
                Count(promptness);
        }
        if (claim.IsNew && !isList && !watcher.CallNew(offer))
            Blame(Outcome.Twice, "called new again", watcher, offer, claim.ToString());
        watcher.Show(offer, claim.Price, mail.At);
    }

    void EnterEnding(AccountedMail mail, Claim claim, Offer offer, Watcher watcher)
    {
        var auctions = watcher.Watches.Where(watch => watch.Market == offer.Market).Select(watch => watch.Auctions).OfType<AuctionWatch>().ToList();
        var from = offer.Spec.EndsAt;
        if (auctions.Count == 0 || from is not { } end || !auctions.Exists(auction => end - auction.Lead <= mail.At))
            Blame(Outcome.Wrongly, "an ending that the person does not want to hear of", watcher, offer, claim.ToString());
        else if (end <= mail.At)
            Blame(Outcome.Wrongly, "an auction that has ended", watcher, offer, claim.ToString());
        else if (!offer.Cost(claim.Price, mail.At - freshness, mail.At))
            Blame(Outcome.Wrongly, "a price that was not so", watcher, offer, claim.ToString());
        else if (!auctions.Exists(auction => auction.WantedBetween(offer, mail.At - StaleBy(watcher, mail.At), mail.At)))
            Blame(Outcome.Wrongly, "an auction with more bids, or dearer, than wanted", watcher, offer, claim.ToString());
        else if (!watcher.SayEnding(offer))
            Blame(Outcome.Twice, "an ending again", watcher, offer, claim.ToString());
        else
            CountEnding(mail, claim, offer, watcher, Later(auctions.Min(auction => end - auction.Lead), offer.FirstSeen));
        watcher.Show(offer, claim.Price, mail.At);
    }

    void CountEnding(AccountedMail mail, Claim claim, Offer offer, Watcher watcher, DateTimeOffset since)
    {
        var promptness = mail.At - since <= tick + tolerance ? Outcome.InTime : Promptness(watcher, since, mail.At, tick);
        if (promptness is Outcome.Late)
            Blame(Outcome.Late, "an ending, without a reason", watcher, offer, claim.ToString());
        else
            Count(promptness);
    }

    void EndAuction(Watcher watcher, Watch watch, AuctionWatch auctions, Offer offer)
    {
        var (end, from) = (offer.Spec.EndsAt!.Value, Later(offer.Spec.EndsAt!.Value - auctions.Lead, Later(offer.FirstSeen, watch.Since)));
        // What nobody could have said in time, or what somebody bid up or bought before it could be said, is none.
        if (end - from < tick + tolerance || watcher.HeardOfEnding(offer) || !watch.Matches(offer.Spec) || !auctions.WantedBetween(offer, end, end)
            || (offer.PriceUntil is { } until && until < end - tolerance))
            return;
        if (watcher.MayWait || !watcher.IsServedAt(end) || troubles.Exists(trouble => trouble.From <= end && trouble.To >= from))
            Count(Outcome.Gone);
        else
            Blame(Outcome.Never, "an ending", watcher, offer, "");
    }

    /// <summary>A mail that could not be sent is brought up to date by each check.</summary>
    TimeSpan StaleBy(Watcher watcher, DateTimeOffset at) =>
        troubles.Exists(trouble => trouble.From <= at && trouble.To >= at) ? freshness : watcher.Interval + tolerance;

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    void Judge(AccountedMail mail, Claim claim, Offer offer, Watcher watcher, IReadOnlyList<(decimal Price, DateTimeOffset At)> before)
    {
        var watches = watcher.Watches.Where(watch => watch.Market == offer.Market && watch.Auctions is null).ToList();
        if (watches.Count == 0)
            Blame(Outcome.Wrongly, "not what the person looks for", watcher, offer, claim.ToString());
        else if (!watches.Exists(watch => watch.Wants(offer.Spec with { Price = claim.Price })))
            Blame(Outcome.Wrongly, "not by the person's filters, or above the target price", watcher, offer, claim.ToString());
        if (before is [.., var last] && last.Price == claim.Price && !claim.IsRise
            && !watches.Exists(watch => watch.IsRearmed(offer.HighestSince(last.At - tolerance), last.Price)))
            Blame(Outcome.Twice, "the same price again", watcher, offer, claim.ToString());
        if (claim.Was is { } was && !before.Any(one => one.Price == was))
            Blame(Outcome.Wrongly, "was a price that the person was never shown", watcher, offer, claim.ToString());
        // A listing that no answer showed and that is listed anew is a new listing as far as the search knows (decision 150).
        if (claim.IsNew && (before.Count > 0 || (watches.TrueForAll(watch => offer.WasOnSaleAt(watch.Since)) && !(offer.IsRelisted && truth.IsLarge(offer.Market)))))
            Blame(Outcome.Wrongly, before.Count > 0 ? "new although shown before" : "new although there before the person asked", watcher, offer, claim.ToString());
    }

    void Settle(Watcher watcher, Offer offer, IReadOnlySet<string> page)
    {
        if (SinceWhenNew(watcher, offer) is null && watcher.ShownOf(offer).Count == 0)
            return;
        var watches = watcher.Watches.Where(watch => watch.Market == offer.Market && watch.Wants(offer.Spec)
            && (!watch.IsCheapestOnly || offer.CheapSince is not null)).ToList();
        if (!offer.IsOnSale || watches.Count == 0)
        {
            if (watcher.ShownOf(offer).Count == 0)
                Count(Outcome.Gone);
            return;
        }
        if (watcher.ShownOf(offer) is { Count: > 0 } shown)
        {
            var lowest = shown.Min(one => one.Price);
            if (!watches.Exists(watch => watch.IsDrop(offer.Price, lowest)))
                return;
            Blame(page.Contains(offer.Spec.LegacyItemId) ? Outcome.OnLinkedPage : Outcome.Never, "a drop", watcher, offer, $"lowest shown {lowest}");
        }
        else
        {
            Blame(page.Contains(offer.Spec.LegacyItemId) ? Outcome.OnLinkedPage : Outcome.Never, "a new listing", watcher, offer, "");
        }
    }

    /// <summary>When a thing came on sale that was not there when the person asked; null for one that was.</summary>
    static DateTimeOffset? SinceWhenNew(Watcher watcher, Offer offer) =>
        watcher.Watches.Any(watch => watch.Market == offer.Market) && watcher.Watches.Where(watch => watch.Market == offer.Market).All(watch => offer.FirstSeen > watch.Since)
            ? offer.FirstSeen : null;

    /// <summary>Since when what a mail says has been news; null for what is none.</summary>
    static DateTimeOffset? SinceWhen(
        Watcher watcher, Offer offer, IReadOnlyList<(decimal Price, DateTimeOffset At)> before, Claim claim, bool isList, DateTimeOffset at)
    {
        var watches = watcher.Watches.Where(watch => watch.Market == offer.Market).ToList();
        if (before.Count == 0)
            return SinceWhenNew(watcher, offer) is null ? null
                : InSight(offer.Since(price => watches.Exists(watch => watch.Wants(offer.Spec with { Price = price })), at), watches, offer);
        if (isList || !claim.IsDrop)
            return null;
        var (lowest, shownAt) = (before.Min(one => one.Price), before[^1].At);
        var since = offer.Since(
            price => watches.Exists(watch => watch.IsDrop(price, lowest) && watch.Wants(offer.Spec with { Price = price })), at);
        return InSight(since < shownAt ? shownAt : since, watches, offer);
    }

    /// <summary>Who watches the cheapest alone learns of a thing when it is one of them.</summary>
    static DateTimeOffset? InSight(DateTimeOffset? since, List<Watch> watches, Offer offer) =>
        since is { } moment && watches.TrueForAll(watch => watch.IsCheapestOnly) ? offer.CheapSince is { } cheap ? Later(moment, cheap) : null : since;

    Outcome Promptness(Watcher watcher, DateTimeOffset since, DateTimeOffset at, TimeSpan? interval = null) =>
        at - since <= (interval ?? watcher.Interval) + tolerance ? Outcome.InTime
        : watcher.MayWait ? Outcome.Waited
        : troubles.Exists(trouble => trouble.From <= at && trouble.To >= since) ? Outcome.LateByFault
        : watcher.WasToldOfMore(since, at) ? Outcome.LateAsSaid
        : Outcome.Late;

    void Count(Outcome outcome) => counts[outcome] = counts.GetValueOrDefault(outcome) + 1;

    void Blame(Outcome outcome, string kind, Watcher watcher, Offer? offer, string what)
    {
        Count(outcome);
        if (outcome is Outcome.OnLinkedPage)
            return;
        findings.Add(new Finding(outcome, kind,
            $"{watcher.Address} ({watcher.Settings}; {string.Join(", ", watcher.Acts)}): {what}. {offer} Shown: "
            + string.Join(", ", offer is null ? [] : watcher.ShownOf(offer).Select(one => FormattableString.Invariant($"{one.Price} {one.At:dd HH:mm:ss}")))));
    }
}
