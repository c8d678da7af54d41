using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State.Memory;

/// <summary>What a user's search remembers between checks.</summary>
public sealed record SearchMemory
{
    /// <summary>The search's id within its user.</summary>
    public required string SearchId { get; init; }

    /// <summary>The canonical query these memories are of; another query starts anew.</summary>
    public required string Query { get; init; }

    /// <summary>Version of the snapshot last compared; 0 when the next one is to be compared whatever its version.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>When eBay's first good answer was fetched; null before it, and in memories of older releases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When eBay's last good answer was fetched; null before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why the last check failed; null when it did not.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When the search will ask eBay again at the earliest; null when it did not say.</summary>
    public DateTimeOffset? NextFetch { get; init; }

    /// <summary>Highest price with shipping on the last page, in the marketplace's currency; null when that page held everything that matched.</summary>
    public decimal? Horizon { get; init; }

    /// <summary>Whether there was an answer and no mail of it yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AwaitsFirstResults { get; init; }

    /// <summary>New listings that no mail names, since too many waited: the next mail counts them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PassedOver { get; init; }

    /// <summary>When eBay last said that more match than it can sort; null while it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? TooLargeAt { get; init; }

    /// <summary>Whether a mail has yet to say so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OwesTooLarge { get; init; }

    /// <summary>When the next auction that is to be told of before its end comes within the lead; null when none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextEnding { get; init; }

    /// <summary>Whether there is an auction within the lead that no mail named so far.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EndingWaits { get; init; }

    /// <summary>The listings seen, in order of their numbers, at most 500; those gone for longest are forgotten first.</summary>
    public ImmutableArray<SeenListing> Seen { get; init; } = [];

    /// <summary>Whether a mail is owed, as far as can be said without a new answer.</summary>
    [JsonIgnore]
    public bool HasWaiting => AwaitsFirstResults || Seen.Any(seen => seen is { IsWaiting: true, GoneSince: null });

    /// <summary>What is remembered of a listing, or null.</summary>
    public SeenListing? Find(long number) => IndexOf(number) is >= 0 and var at ? Seen[at] : null;

    /// <summary>The memory after a mail was made that has this section: what it names is notified.</summary>
    public SearchMemory Notified(NotificationSection section, DateTimeOffset now)
    {
        if (section.IsTooLarge)
            return this with { OwesTooLarge = false };
        var seen = Seen.ToBuilder();
        foreach (var item in section.Items)
        {
            if (IndexOf(item.Listing.ListingNumber) is not (>= 0 and var at))
                continue;
            var price = seen[at] with { Reference = item.Listing.SellerPrice };
            // A list that shows a risen price raises nothing: a drop is below the lowest price shown.
            if (item.Kind is NewsKind.Listed && seen[at] is { NotifiedAt: not null, Reference: var lowest }
                && lowest.Currency == price.Reference.Currency && lowest.Value < price.Reference.Value)
                price = seen[at];
            seen[at] = seen[at] with
            {
                IsWaiting = false,
                IsEndingSaid = seen[at].IsEndingSaid || item.IsEnding,
                NotifiedAt = item.Kind is NewsKind.Listed ? seen[at].NotifiedAt ?? now : now,
                Reference = price.Reference,
                ReferenceSince = price.Reference == seen[at].Reference && !(seen[at].ReferenceSince > section.FetchedAt)
                    ? seen[at].ReferenceSince
                    : section.FetchedAt,
            };
        }

        return this with { Seen = seen.DrainToImmutable(), AwaitsFirstResults = false, PassedOver = 0, EndingWaits = false };
    }

    /// <summary>
    /// The memory after a page showed these: what was new waits no longer, and a price is compared with the lowest that was shown. What
    /// was not compared yet is left to the next check. The same memory when nothing was news.
    /// </summary>
    public SearchMemory Shown(IReadOnlyDictionary<long, Money> prices, DateTimeOffset now)
    {
        ImmutableArray<SeenListing>.Builder? seen = null;
        for (var at = 0; at < Seen.Length; at++)
        {
            var before = Seen[at];
            if (!prices.TryGetValue(before.Number, out var price) || price.Currency != before.Reference.Currency)
                continue;
            var isLower = price.Value < before.Reference.Value;
            if (before is { IsWaiting: false, NotifiedAt: not null } && !isLower)
                continue;
            (seen ??= Seen.ToBuilder())[at] = before with
            {
                IsWaiting = false,
                NotifiedAt = now,
                Reference = isLower || before.NotifiedAt is null ? price : before.Reference,
                ReferenceSince = isLower || before.NotifiedAt is null ? now : before.ReferenceSince,
            };
        }

        return seen is null ? this : this with { Seen = seen.DrainToImmutable() };
    }

    /// <summary>The memory as if that mail had not been made: it is made anew, or is not sent.</summary>
    public SearchMemory WithoutNotified(NotificationSection section)
    {
        if (section.IsTooLarge)
            return this with { OwesTooLarge = TooLargeAt is not null };
        var seen = Seen.ToBuilder();
        foreach (var item in section.Items)
        {
            if (IndexOf(item.Listing.ListingNumber) is >= 0 and var at)
                seen[at] = Before(seen[at], item);
        }

        return this with
        {
            SnapshotVersion = 0,
            Seen = seen.DrainToImmutable(),
            AwaitsFirstResults = AwaitsFirstResults || section.HoldsFirstResults,
            PassedOver = PassedOver + section.PassedOver,
            EndingWaits = EndingWaits || section.Items.Any(item => item.IsEnding),
        };
    }

    /// <summary>A mail of an older release does not have what was remembered before it.</summary>
    static SeenListing Before(SeenListing seen, NewsItem item) =>
        item.Before is { } before ? before with { Number = seen.Number, GoneSince = seen.GoneSince }
        : item.PreviousPrice is { } previous ? seen with { Reference = previous }
        : seen with { NotifiedAt = null, IsWaiting = item.Kind is NewsKind.New };

    int IndexOf(long number)
    {
        var (low, high) = (0, Seen.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (Seen[middle].Number.CompareTo(number))
            {
                case 0: return middle;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return -1;
    }
}
