using Alerts.SharedData.Prices;
using CsCheck;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

/// <summary>The rule of the price history, on a model of the two tables it lives in.</summary>
public class PriceHistoryTests
{
    static readonly Gen<PricePoint> point = Gen.Select(Gen.Int[0, 30], Gen.Int[1, 3], (minute, price) => new PricePoint(At(minute), new(price, "USD")));

    // eBay states one price of a listing at one moment.
    static readonly Gen<PricePoint[]> observations = point.Array[1, 40].Select(points => points.DistinctBy(one => one.At).ToArray());

    [Fact]
    public void In_order_and_doubled_the_history_is_every_change() =>
        observations.Sample(seen =>
        {
            var ordered = seen.OrderBy(one => one.At).ToArray();
            var history = new ModelHistory();
            foreach (var one in ordered.SelectMany((one, index) => ordered[Math.Max(0, index - 2)..(index + 1)]))
                history.Observe(one);
            Assert.Equal(Changes(ordered), history.Rows);
        });

    [Fact]
    public void In_any_order_and_doubled_the_history_has_only_what_was_observed_alternates_and_ends_with_the_newest_price() =>
        Gen.Select(observations, Gen.Int).Sample((seen, seed) =>
        {
            var arrival = seen.Concat(seen).ToArray();
            new Random(seed).Shuffle(arrival);
            var history = new ModelHistory();
            foreach (var one in arrival)
            {
                history.Observe(one);
                Assert.Equal(history.Rows[^1].At, history.Stored.Since);
                Assert.Equal(history.Rows[^1].Price, history.Stored.Price);
            }

            Assert.Subset(seen.ToHashSet(), history.Rows.ToHashSet());
            Assert.Equal(Changes(history.Rows), history.Rows);
            Assert.Equal(seen.MinBy(one => one.At), history.Rows[0]);
            Assert.Equal(seen.MaxBy(one => one.At).Price, history.Rows[^1].Price);
        });

    [Fact]
    public void Late_by_one_the_history_is_every_change_when_the_price_moved_each_time() =>
        observations.Sample(seen =>
        {
            var ordered = Changes(seen.OrderBy(one => one.At));
            var history = new ModelHistory();
            foreach (var pair in ordered.Chunk(2))
            {
                foreach (var one in pair.Reverse())
                    history.Observe(one);
            }

            Assert.Equal(ordered, history.Rows);
        });

    static PricePoint[] Changes(IEnumerable<PricePoint> ordered)
    {
        var changes = new List<PricePoint>();
        foreach (var one in ordered.Where(one => changes.Count == 0 || changes[^1].Price != one.Price))
            changes.Add(one);
        return [.. changes];
    }

    static DateTime At(int minute) => Start.UtcDateTime.AddMinutes(minute);

    sealed class ModelHistory
    {
        readonly SortedDictionary<DateTime, PricePoint> rows = [];

        public StoredPrice Stored { get; private set; }

        public PricePoint[] Rows => [.. rows.Values];

        public void Observe(PricePoint observed)
        {
            if (rows.Count == 0)
                Stored = new(observed.At, observed.At, observed.Price);
            else if (observed.At > Stored.LastSeen)
                Stored = new(observed.Price == Stored.Price ? Stored.Since : observed.At, observed.At, observed.Price);

            var change = PriceHistory.ByRow(observed, Stored) ?? PriceHistory.ByNeighbours(
                observed,
                Stored,
                rows.Values.Where(row => row.At <= observed.At).Select(row => (PricePoint?)row).LastOrDefault(),
                rows.Values.Where(row => row.At > observed.At).Select(row => (PricePoint?)row).FirstOrDefault());
            foreach (var added in change.Add)
                rows.TryAdd(added.At, added);
            if (change.Remove is { } repeated)
                rows.Remove(repeated);
            if (change.PriceSince is { } since)
                Stored = Stored with { Since = since };
        }
    }
}
