using System.Collections.Immutable;
using Alerts.Search;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>
/// Pairs the listings of a page with what is remembered of them: by number, or by likeness when the seller listed the item again.
/// </summary>
sealed class ComparisonMatch
{
    readonly SearchMemory memory;
    readonly Dictionary<uint, SeenListing> relistable = [];
    int remembered;

    ComparisonMatch(SearchMemory memory) => this.memory = memory;

    /// <summary>Remembered listings that are not on the page, sorted by number, without those that a relisted item continues.</summary>
    public List<SeenListing> Gone { get; } = [];

    /// <summary>Divides the remembered listings into those on the page and those gone. Forgets those gone for too long.</summary>
    public static ComparisonMatch Of(SearchMemory memory, List<Listing> page, DateTimeOffset now)
    {
        var match = new ComparisonMatch(memory);
        var at = 0;
        foreach (var seen in memory.Seen)
        {
            while (at < page.Count && page[at].ListingNumber < seen.Number)
                at++;
            if (at < page.Count && page[at].ListingNumber == seen.Number)
                match.remembered++;
            else if (!(seen.GoneSince < now - Comparison.ForgetAfter))
                match.Gone.Add(seen.GoneSince is null ? seen with { GoneSince = memory.LastSuccess } : seen);
        }

        foreach (var gone in match.Gone)
        {
            // Of several alike, the one that left last is used. The list is sorted by number, so ties are always decided the same way.
            if (gone.Likeness != 0 && !(match.relistable.TryGetValue(gone.Likeness, out var other) && other.GoneSince >= gone.GoneSince))
                match.relistable[gone.Likeness] = gone;
        }

        return match;
    }

    /// <summary>
    /// What is remembered of a listing, perhaps under the number of an ended listing that it continues; null when it was never seen.
    /// </summary>
    /// <param name="listing">A listing of the page. Call once for each listing, sorted by number.</param>
    public SeenListing? Find(Listing listing)
    {
        if (memory.Find(listing.ListingNumber) is { } seen)
            return seen;
        if (relistable.Count == 0 || !relistable.Remove(ListingLikeness.Of(listing), out var ended))
            return null;
        Gone.RemoveAll(gone => gone.Number == ended.Number);
        return ended;
    }

    /// <summary>Whether the page changes what is remembered. That a listing is back on the page is no change.</summary>
    public bool Differ(List<SeenListing> page)
    {
        if (page.Count != remembered)
            return true;
        foreach (var seen in page)
        {
            if (memory.Find(seen.Number) is not { } before || before with { GoneSince = null } != seen)
                return true;
        }

        return false;
    }

    /// <summary>
    /// The memory to keep, sorted by number. Without room for all, those gone for the longest time are left out. Returns the old array when
    /// nothing differs.
    /// </summary>
    public static ImmutableArray<SeenListing> Keep(List<SeenListing> seen, ImmutableArray<SeenListing> before, int max)
    {
        if (seen.Count > max)
        {
            seen.Sort(static (one, other) => LastSeen(other).CompareTo(LastSeen(one)) is var order and not 0 ? order
                : one.Number.CompareTo(other.Number));
            seen.RemoveRange(max, seen.Count - max);
        }

        seen.Sort(static (one, other) => one.Number.CompareTo(other.Number));
        return before.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(seen)) ? before : [.. seen];
    }

    static DateTimeOffset LastSeen(SeenListing seen) => seen.GoneSince ?? DateTimeOffset.MaxValue;
}
