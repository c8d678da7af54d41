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
            foreach (var offer in watcher.Watches.Select(watch => watch.Market).Distinct().SelectMany(truth.Of)
                .Where(offer => offer.PriceSince <= now - (2 * watcher.Interval) - tolerance))
                Settle(watcher, offer, page);
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

    void Judge(AccountedMail mail, Claim claim, Offer offer, Watcher watcher, IReadOnlyList<(decimal Price, DateTimeOffset At)> before)
    {
        var watches = watcher.Watches.Where(watch => watch.Market == offer.Market).ToList();
        if (watches.Count == 0)
            Blame(Outcome.Wrongly, "not what the person looks for", watcher, offer, claim.ToString());
        else if (!watches.Exists(watch => watch.Wants(offer.Spec with { Price = claim.Price })))
            Blame(Outcome.Wrongly, "not by the person's filters, or above the target price", watcher, offer, claim.ToString());
        if (before is [.., var last] && last.Price == claim.Price && !claim.IsRise
            && !watches.Exists(watch => watch.IsRearmed(offer.HighestSince(last.At - tolerance), last.Price)))
            Blame(Outcome.Twice, "the same price again", watcher, offer, claim.ToString());
        if (claim.Was is { } was && !before.Any(one => one.Price == was))
            Blame(Outcome.Wrongly, "was a price that the person was never shown", watcher, offer, claim.ToString());
        if (claim.IsNew && (before.Count > 0 || watches.TrueForAll(watch => offer.WasOnSaleAt(watch.Since))))
            Blame(Outcome.Wrongly, before.Count > 0 ? "new although shown before" : "new although there before the person asked", watcher, offer, claim.ToString());
    }

    void Settle(Watcher watcher, Offer offer, IReadOnlySet<string> page)
    {
        if (SinceWhenNew(watcher, offer) is null && watcher.ShownOf(offer).Count == 0)
            return;
        var watches = watcher.Watches.Where(watch => watch.Market == offer.Market && watch.Wants(offer.Spec)).ToList();
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
            return SinceWhenNew(watcher, offer) is null ? null : offer.Since(price => watches.Exists(watch => watch.Wants(offer.Spec with { Price = price })), at);
        if (isList || !claim.IsDrop)
            return null;
        var (lowest, shownAt) = (before.Min(one => one.Price), before[^1].At);
        var since = offer.Since(
            price => watches.Exists(watch => watch.IsDrop(price, lowest) && watch.Wants(offer.Spec with { Price = price })), at);
        return since < shownAt ? shownAt : since;
    }

    Outcome Promptness(Watcher watcher, DateTimeOffset since, DateTimeOffset at) =>
        at - since <= watcher.Interval + tolerance ? Outcome.InTime
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
