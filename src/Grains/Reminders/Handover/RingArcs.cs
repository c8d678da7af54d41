namespace Alerts.Reminders.Handover;

/// <summary>
/// The arcs of the hash ring that a silo gained. The reminder table is indexed by <see cref="GrainId.GetUniformHashCode"/>.
/// </summary>
public static class RingArcs
{
    /// <summary>An arc is at most this fraction of the ring: with 100,000 reminders, that is a page of 1,600 rows.</summary>
    public const int Pages = 64;

    /// <summary>
    /// The arcs that are in <paramref name="now"/> and not in <paramref name="before"/>. An arc begins after <c>Begin</c> and includes
    /// <c>End</c>. The last arc crosses the end of the ring.
    /// </summary>
    public static IEnumerable<(uint Begin, uint End)> Gained(IRingRange? before, IRingRange now)
    {
        // Between two neighbouring cuts the ring is wholly inside or wholly outside a range, so the end of each piece decides for all of
        // it.
        var cuts = Enumerable.Range(0, Pages).Select(page => (uint)page * (uint)(RangeFactory.RING_SIZE / Pages))
            .Concat(CutsOf(now)).Concat(before is null ? [] : CutsOf(before))
            .Distinct().Order().ToArray();
        for (var cut = 0; cut < cuts.Length; cut++)
        {
            var (begin, end) = (cuts[cut], cuts[(cut + 1) % cuts.Length]);
            if (now.InRange(end) && before?.InRange(end) is not true)
                yield return (begin, end);
        }
    }

    static IEnumerable<uint> CutsOf(IRingRange range) => RangeFactory.GetSubRanges(range).SelectMany(arc => (uint[])[arc.Begin, arc.End]);
}
