namespace Alerts.Reminders.Handover;

/// <summary>What a silo gained of the ring of <see cref="GrainId.GetUniformHashCode"/>, by which the reminder table is indexed. Pure.</summary>
public static class RingArcs
{
    /// <summary>No arc is longer than the ring divided by this: with 100,000 reminders one is a page of 1,600 rows.</summary>
    public const int Pages = 64;

    /// <summary>The arcs that are in <paramref name="now"/> and not in <paramref name="before"/>: each after <c>Begin</c> up to and with <c>End</c>, the last one around the ring's seam.</summary>
    /// <param name="before">What the silo had; null: nothing.</param>
    /// <param name="now">What it has.</param>
    public static IEnumerable<(uint Begin, uint End)> Gained(IRingRange? before, IRingRange now)
    {
        // Between two neighbouring cuts all is in a range or nothing is, and the end of the piece, which belongs to it, says which.
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
