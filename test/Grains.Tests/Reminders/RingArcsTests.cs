using Alerts.Reminders.Handover;

namespace Alerts.Tests.Reminders;

public class RingArcsTests
{
    const uint LongestArc = (uint)(RangeFactory.RING_SIZE / RingArcs.Pages);

    static readonly IRingRange whole = RangeFactory.CreateFullRange();

    [Fact]
    public void A_silo_that_had_nothing_gains_all_it_has_page_by_page()
    {
        var gained = RingArcs.Gained(null, whole).ToArray();

        Assert.Equal(RingArcs.Pages, gained.Length);
        Assert.All(gained, arc => Assert.Equal(LongestArc, unchecked(arc.End - arc.Begin)));
        Assert.Equal(gained.Select(arc => arc.End).SkipLast(1), gained.Select(arc => arc.Begin).Skip(1));
        Assert.Equal(gained[0].Begin, gained[^1].End);
    }

    [Fact]
    public void Nothing_is_gained_by_a_change_that_leaves_the_range_or_makes_it_smaller()
    {
        Assert.Empty(RingArcs.Gained(whole, whole));
        Assert.Empty(RingArcs.Gained(whole, RangeFactory.CreateRange(7, 5)));
        Assert.Empty(RingArcs.Gained(RangeFactory.CreateRange(10, 20), RangeFactory.CreateRange(10, 15)));
    }

    [Fact]
    public void The_arc_at_the_rings_seam_keeps_its_ends()
    {
        var gained = RingArcs.Gained(null, RangeFactory.CreateRange(uint.MaxValue - 1, 3)).OrderBy(arc => arc.Begin).ToArray();

        Assert.Equal([(0, 3), (uint.MaxValue - 1, 0)], gained);
    }

    [Fact]
    public void Every_place_that_is_gained_lies_in_one_arc_and_no_other_place_in_any()
    {
        var random = new Random(20261126);
        for (var round = 0; round < 200; round++)
        {
            var (before, now) = (Some(random), Some(random));

            var gained = RingArcs.Gained(before, now).ToArray();

            Assert.All(gained, arc => Assert.InRange(unchecked(arc.End - arc.Begin), 1u, LongestArc));
            // The ends are where it could go wrong, each place beside them too.
            foreach (var place in gained.SelectMany(arc => (uint[])[arc.Begin, arc.End]).Concat(Enumerable.Range(0, 100).Select(_ => Place(random))).SelectMany(Beside))
                Assert.Equal(now.InRange(place) && !before.InRange(place) ? 1 : 0, gained.Count(arc => RangeFactory.CreateRange(arc.Begin, arc.End).InRange(place)));
        }
    }

    static uint[] Beside(uint place) => unchecked([place - 1, place, place + 1]);

    static uint Place(Random random) => (uint)random.NextInt64(RangeFactory.RING_SIZE);

    /// <summary>Ranges as Orleans makes them: arcs between sorted places, some of them one silo's.</summary>
    static IRingRange Some(Random random)
    {
        var places = Enumerable.Range(0, random.Next(2, 60)).Select(_ => Place(random)).Distinct().Order().ToArray();
        var arcs = places.Zip(places.Skip(1).Append(places[0]), RangeFactory.CreateRange).Where(_ => random.Next(3) == 0).ToList();
        return RangeFactory.CreateRange(arcs);
    }
}
