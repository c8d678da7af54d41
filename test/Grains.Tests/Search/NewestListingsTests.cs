using System.Collections.Immutable;
using Alerts.Search;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using CsCheck;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Search;

public class NewestListingsTests
{
    const int PageByPrice = 100;

    /// <summary>A market: when each listing was created, and when eBay begins to show it.</summary>
    sealed class Market
    {
        readonly List<(Listing Listing, DateTimeOffset ShownFrom)> listings = [];

        public int Count => listings.Count;

        public void Add(DateTimeOffset created, TimeSpan delay = default) =>
            listings.Add((Listing(listings.Count + 1, price: listings.Count * 7919 % 5_000 + 1, created: created), created + delay));

        public void Remove(long number) => listings.RemoveAll(one => one.Listing.ListingNumber == number);

        public IEnumerable<Listing> At(DateTimeOffset now) => listings.Where(one => one.ShownFrom <= now).Select(one => one.Listing);

        public EbayPage Page(DateTimeOffset now, EbayOrder order, int page)
        {
            var (shown, size) = (At(now).ToList(), order is EbayOrder.Price ? PageByPrice : EbaySearch.MaxPageSize);
            var sorted = order is EbayOrder.Price
                ? shown.OrderBy(listing => listing.Price.Value)
                : shown.OrderByDescending(listing => listing.CreatedAt).ThenBy(listing => listing.ListingNumber);
            ImmutableArray<Listing> rows = [.. sorted.Skip(page * size).Take(size)];
            return new EbayPage(rows, rows.Length, shown.Count);
        }
    }

    /// <summary>One answer, as the search's grain reads it; returns the calls it took.</summary>
    static int Read(ListingPages pages, Market market, DateTimeOffset now)
    {
        if (pages.Next is EbayOrder.Price)
        {
            pages.Take(market.Page(now, EbayOrder.Price, 0), now);
            return 1;
        }

        var reading = pages.ReadNewest(now);
        do
            reading.Add(market.Page(now, EbayOrder.NewlyListed, reading.Pages));
        while (!reading.IsDone);
        pages.Take(reading, now);
        return reading.Pages;
    }

    static Market Of(int count)
    {
        var market = new Market();
        for (var i = 0; i < count; i++)
            market.Add(Noon.AddDays(-100).AddMinutes(i));
        return market;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Where_a_page_holds_everything_one_call_is_made_and_only_by_price(int count)
    {
        var (pages, market) = (new ListingPages(), Of(count));
        for (var i = 0; i < 4; i++)
            Assert.Equal((EbayOrder.Price, 1), (pages.Next, Read(pages, market, Noon.AddMinutes(i * 2))));
        var snapshot = pages.Snapshot()!;
        Assert.Equal((true, 0, null), (snapshot.HoldsEverything, snapshot.Newest.Length, snapshot.NewestSince));
    }

    [Fact]
    public void Where_more_match_the_cheapest_and_the_newest_take_turns()
    {
        var (pages, market) = (new ListingPages(), Of(500));
        List<EbayOrder> orders = [];
        for (var i = 0; i < 6; i++)
        {
            orders.Add(pages.Next);
            Read(pages, market, Noon.AddMinutes(i * 2));
        }

        Assert.Equal([EbayOrder.Price, EbayOrder.NewlyListed, EbayOrder.Price, EbayOrder.NewlyListed, EbayOrder.Price, EbayOrder.NewlyListed], orders);
        var snapshot = pages.Snapshot()!;
        Assert.Equal((100, 200, 500, false, false), (snapshot.Listings.Length, snapshot.Newest.Length, snapshot.Total, snapshot.HoldsEverything, snapshot.MissedSome));
        Assert.Equal(Noon.AddMinutes(8), snapshot.FetchedAt);
        Assert.Equal(snapshot.Newest[^1].CreatedAt, snapshot.NewestSince);
    }

    [Fact]
    public void Where_nobody_needs_the_newest_they_are_not_asked_for_and_not_kept()
    {
        var (pages, market) = (new ListingPages(), Of(500));
        Read(pages, market, Noon);
        Read(pages, market, Noon.AddMinutes(2));
        pages.Needed = WatchedPages.Cheapest;
        for (var i = 2; i < 5; i++)
            Assert.Equal((EbayOrder.Price, 1), (pages.Next, Read(pages, market, Noon.AddMinutes(i * 2))));
        var snapshot = pages.Snapshot()!;
        Assert.Equal((100, 0, Noon.AddMinutes(8), 100), (snapshot.Listings.Length, snapshot.Newest.Length, snapshot.FetchedAt, snapshot.WatchedCheapest));
    }

    [Fact]
    public void Where_nobody_needs_the_cheapest_only_the_first_call_is_by_price()
    {
        var (pages, market) = (new ListingPages { Needed = WatchedPages.Newest }, Of(500));
        List<EbayOrder> orders = [];
        for (var i = 0; i < 4; i++)
        {
            orders.Add(pages.Next);
            Read(pages, market, Noon.AddMinutes(i * 2));
        }

        Assert.Equal([EbayOrder.Price, EbayOrder.NewlyListed, EbayOrder.NewlyListed, EbayOrder.NewlyListed], orders);
        var snapshot = pages.Snapshot()!;
        Assert.Equal((0, 200, 500, Noon.AddMinutes(6), false), (snapshot.Listings.Length, snapshot.Newest.Length, snapshot.Total, snapshot.FetchedAt, snapshot.HoldsEverything));
        for (var number = 90; number <= 500; number++)
            market.Remove(number);
        Read(pages, market, Noon.AddMinutes(8));
        Assert.Equal(EbayOrder.Price, pages.Next);
        Read(pages, market, Noon.AddMinutes(10));
        Assert.Equal((89, 0, true), (pages.Snapshot()!.Listings.Length, pages.Snapshot()!.Newest.Length, pages.Snapshot()!.HoldsEverything));
    }

    [Fact]
    public void New_listings_are_read_back_to_what_is_known_in_three_pages_at_most()
    {
        var (pages, market) = (new ListingPages(), Of(1_000));
        Read(pages, market, Noon);
        Read(pages, market, Noon);
        Read(pages, market, Noon);
        for (var i = 0; i < 450; i++)
            market.Add(Noon.AddSeconds(i / 10.0));
        Assert.Equal(3, Read(pages, market, Noon.AddMinutes(2)));
        Assert.False(pages.Snapshot()!.MissedSome);
        Assert.Superset(Enumerable.Range(1_001, 450).Select(number => (long)number).ToHashSet(), pages.Snapshot()!.Newest.Select(listing => listing.ListingNumber).ToHashSet());

        Read(pages, market, Noon.AddMinutes(4));
        for (var i = 0; i < 700; i++)
            market.Add(Noon.AddMinutes(5).AddSeconds(i / 10.0));
        Assert.Equal(3, Read(pages, market, Noon.AddMinutes(8)));
        var snapshot = pages.Snapshot()!;
        Assert.True(snapshot.MissedSome);
        Assert.Equal((600, snapshot.Newest[^1].CreatedAt), (snapshot.Newest.Length, snapshot.NewestSince));
    }

    [Fact]
    public void What_is_gone_is_left_out()
    {
        var (pages, market) = (new ListingPages(), Of(300));
        Read(pages, market, Noon);
        Read(pages, market, Noon);
        Assert.Contains(pages.Snapshot()!.Newest, listing => listing.ListingNumber == 290);
        market.Remove(290);
        Read(pages, market, Noon.AddMinutes(2));
        Read(pages, market, Noon.AddMinutes(2));
        Assert.DoesNotContain(pages.Snapshot()!.Newest, listing => listing.ListingNumber == 290);
    }

    /// <summary>
    /// Markets of which each new listing is shown up to a day late, below others that are known: each is in a snapshot while it is within
    /// the three pages, or the snapshot says that it reaches less far back. Calls stay few.
    /// </summary>
    [Fact]
    public void Listings_that_are_shown_hours_late_and_in_odd_order_are_all_found() =>
        Gen.Select(Gen.OneOf(500, 5_000), Gen.Int[1, 20], Gen.Int).Sample(
            (size, perHour, seed) =>
            {
                var random = new Random(seed);
                var (pages, market) = (new ListingPages(), Of(size));
                var seen = new HashSet<long>();
                var calls = 0;
                const int hours = 48;
                for (var tick = 0; tick < hours * 30; tick++)
                {
                    var now = Noon.AddMinutes(tick * 2);
                    if (tick < 24 * 30 && random.Next(30) < perHour)
                        market.Add(now.AddSeconds(-random.Next(120)), random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(24 * 60)) : default);
                    calls += Read(pages, market, now);
                    seen.UnionWith(pages.Snapshot()!.Newest.Select(listing => listing.ListingNumber));
                }

                Assert.False(pages.Snapshot()!.MissedSome);
                Assert.All(Enumerable.Range(size + 1, market.Count - size), number => Assert.Contains(number, seen));
                Assert.InRange(calls, hours * 30, hours * 30 + hours * 2);
            },
            seed: "1Wl6byMjXZ92", iter: 12);
}
