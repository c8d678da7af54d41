using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Alerts.Demo.Marketplace;

/// <summary>What is on sale for a phrase: what a test scripted, else a captured response, else the generated world.</summary>
sealed class Market
{
    /// <summary>Phrases whose generated listings are kept until the world moves; when full all are made anew.</summary>
    const int MaxWorlds = 16;

    /// <summary>Listings remembered for their pages; when full all are forgotten.</summary>
    const int MaxShownListings = 50_000;

    readonly MarketplaceOptions options;
    readonly TimeProvider clock;
    readonly ListingGenerator generator;
    readonly ConcurrentDictionary<(string Phrase, string? SiteId), IReadOnlyList<ListingSpec>> scripts = new();
    readonly ConcurrentDictionary<(string Phrase, MarketplaceSite Site), (long Slot, IReadOnlyList<ListingSpec> Listings)> worlds = new();
    readonly ConcurrentDictionary<string, byte[]> files = new();
    readonly ConcurrentDictionary<string, ListingSpec> shown = new();
    long version;
    int shownCount;

    public Market(MarketplaceOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        generator = new ListingGenerator(options);
        if (options.SamplesDirectory is { } directory)
        {
            foreach (var path in Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal))
                ServeSample(path);
        }
    }

    /// <summary>Answers of an older state are stale: it moves with the clock's slot and with every scripted change.</summary>
    public (long Slot, long Version) State => (Slot, Interlocked.Read(ref version));

    public IReadOnlyCollection<string> ServedPhrases => [.. files.Keys.Concat(scripts.Keys.Select(script => script.Phrase)).Distinct().Order(StringComparer.Ordinal)];

    long Slot => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / options.PriceChangePeriod.Ticks;

    public void Script(string phrase, IReadOnlyList<ListingSpec>? listings, string? siteId)
    {
        var key = (BrowseQuery.KeyOf(phrase), siteId);
        if (listings is null)
            scripts.TryRemove(key, out _);
        else
            scripts[key] = [.. listings];
        Interlocked.Increment(ref version);
    }

    public void ServeFile(string phrase, string path)
    {
        files[BrowseQuery.KeyOf(phrase)] = File.ReadAllBytes(path);
        Interlocked.Increment(ref version);
    }

    /// <summary>The answer to a query now: a captured one whole, or the matching listings of this page.</summary>
    public byte[] Answer(BrowseQuery query, string root)
    {
        var slot = Slot;
        if (query.Offset == 0 && Scripted(query.Key, query.Site) is null && files.TryGetValue(query.Key, out var captured))
            return captured;
        var matching = Matching(Listings(query.Key, query.Site, slot), query, slot);
        var page = matching.Skip(query.Offset).Take(query.Limit).ToList();
        Remember(page);
        return BrowseJson.Search(query, page, matching, root);
    }

    /// <summary>Everything a phrase has on sale in a marketplace now, for people; nothing for a phrase with a captured response.</summary>
    public IReadOnlyList<ListingSpec> OnSale(string phrase, string? siteId = null)
    {
        var listings = Listings(BrowseQuery.KeyOf(phrase), MarketplaceSite.Of(siteId), Slot);
        Remember(listings);
        return listings;
    }

    /// <summary>A listing that was in an answer; null when it never was, or long ago.</summary>
    public ListingSpec? Shown(string legacyItemId) => shown.GetValueOrDefault(legacyItemId);

    /// <summary>An auction that has ended is not on sale any more; at eBay and here it may stay in an answer until the world moves.</summary>
    IReadOnlyList<ListingSpec> Listings(string key, MarketplaceSite site, long slot)
    {
        var now = clock.GetUtcNow();
        return Scripted(key, site) is { } scripted ? [.. scripted.Where(listing => !HasEnded(listing, now))]
            : files.ContainsKey(key) ? []
            : Generated(key, site, slot);
    }

    IReadOnlyList<ListingSpec>? Scripted(string key, MarketplaceSite site) =>
        scripts.TryGetValue((key, site.Id), out var own) || scripts.TryGetValue((key, null), out own) ? own : null;

    IReadOnlyList<ListingSpec> Generated(string key, MarketplaceSite site, long slot)
    {
        if (worlds.TryGetValue((key, site), out var world) && world.Slot == slot)
            return world.Listings;
        if (worlds.Count >= MaxWorlds)
            worlds.Clear();
        var listings = generator.Listings(key, site, slot);
        worlds[(key, site)] = (slot, listings);
        return listings;
    }

    static bool HasEnded(ListingSpec listing, DateTimeOffset now) => listing.BidCount is not null && listing.EndsAt <= now;

    List<ListingSpec> Matching(IReadOnlyList<ListingSpec> listings, BrowseQuery query, long slot) =>
    [
        .. SearchSort.Sort(listings.Where(listing => query.Filter.Passes(listing, RateFor(listing, query, slot), query.Buyer)
            && IsInCategory(listing, query) && query.Aspects?.Passes(listing) != false), query),
    ];

    decimal RateFor(ListingSpec listing, BrowseQuery query, long slot) =>
        query.Filter.PriceCurrency is { } currency ? ExchangeRates.Rate(options.Seed, listing.Currency, currency, slot) : 1;

    /// <summary>A generated listing is in one of a few categories; one nobody is in, such as a parent category, does not filter.</summary>
    static bool IsInCategory(ListingSpec listing, BrowseQuery query) =>
        query.CategoryId is null || query.CategoryId == listing.CategoryId;

    void Remember(IReadOnlyList<ListingSpec> page)
    {
        // Counted beside the dictionary, whose own count locks all of it; listings shown again count again, so it is an upper bound.
        if (Interlocked.Add(ref shownCount, page.Count) > MaxShownListings)
        {
            shown.Clear();
            Interlocked.Exchange(ref shownCount, page.Count);
        }
        foreach (var listing in page)
            shown[listing.LegacyItemId] = listing;
    }

    /// <summary>A file that is no Browse response of a keyword search is a mistake in the folder, said at the start.</summary>
    void ServeSample(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var document = JsonDocument.Parse(bytes);
        var query = document.RootElement.TryGetProperty("href", out var href) ? new Uri(href.GetString()!).Query : "";
        if (!QueryHelpers.ParseQuery(query).TryGetValue("q", out var phrase) || string.IsNullOrWhiteSpace(phrase))
            throw new InvalidDataException($"{Path.GetFileName(path)} has no href with a q parameter: it is no response of item_summary/search.");
        files[BrowseQuery.KeyOf(phrase!)] = bytes;
    }
}
