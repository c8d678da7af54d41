using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Search;
using Alerts.State.Notifications;

namespace Alerts.State.Memory;

/// <summary>What a user's search remembers between checks.</summary>
public sealed record SearchMemory
{
    /// <summary>The search's id within its user.</summary>
    public required string SearchId { get; init; }

    /// <summary>The canonical query of this memory; another query starts with an empty memory.</summary>
    public required string Query { get; init; }

    /// <summary>Version of the snapshot last compared; 0 when the next one must be compared even if it is the same.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>When eBay's first good answer was fetched; null before that, and in memories of older releases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When eBay's last good answer was fetched; null before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why the last check failed; null when it did not.</summary>
    public string? LastFailure { get; init; }

    /// <summary>The earliest moment at which the search will ask eBay again; null when unknown.</summary>
    public DateTimeOffset? NextFetch { get; init; }

    /// <summary>
    /// The highest price with shipping on the last page, in the marketplace's currency; null when that page held all matches.
    /// </summary>
    public decimal? Horizon { get; init; }

    /// <summary>Whether there was an answer, but no mail of first results yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AwaitsFirstResults { get; init; }

    /// <summary>New listings that no mail will name, because too many waited. The next mail says how many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PassedOver { get; init; }

    /// <summary>When eBay last said that more listings match than it can sort; null while it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? TooLargeAt { get; init; }

    /// <summary>Whether a mail must still say that the search is too large.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OwesTooLarge { get; init; }

    /// <summary>When the next auction to be announced comes within its lead time; null when none is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextEnding { get; init; }

    /// <summary>Whether an auction within its lead time has not been named by a mail yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EndingWaits { get; init; }

    /// <summary>The listings seen, sorted by number, at most 500. Those gone for the longest time are forgotten first.</summary>
    public ImmutableArray<SeenListing> Seen { get; init; } = [];

    /// <summary>Whether a mail must be sent, as far as that is known without a new answer.</summary>
    [JsonIgnore]
    public bool HasWaiting => AwaitsFirstResults || Seen.Any(seen => seen is { IsWaiting: true, GoneSince: null });

    public SeenListing? Find(long number) => IndexOf(number) is >= 0 and var at ? Seen[at] : null;

    /// <summary>The memory after a mail with this section was made: its listings count as notified.</summary>
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
            // A list that shows a risen price does not raise the reference: a drop is measured from the lowest price shown.
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
    /// The memory after a page showed these prices. New listings stop waiting, and the lowest price shown becomes the reference. Changes
    /// not compared yet are left to the next check. Returns the same memory when nothing was news.
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

    /// <summary>Undoes <see cref="Notified"/>: the mail is made again, or is not sent.</summary>
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

    /// <summary>Mails of older releases do not have the memory from before the mail.</summary>
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
