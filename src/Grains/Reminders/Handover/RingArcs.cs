namespace Alerts.Reminders.Handover;

/// <summary>What a silo gained of the ring of <see cref="GrainId.GetUniformHashCode"/>, by which the reminder table is indexed.</summary>
public static class RingArcs
{
    /// <summary>An arc is at most this part of the ring, so that with 100,000 reminders it is a page of 1,600 rows.</summary>
    public const int Pages = 64;

    /// <summary>
    /// The arcs that are in <paramref name="now"/> and not in <paramref name="before"/>. An arc begins after <c>Begin</c> and ends with
    /// <c>End</c>; the last one goes round the ring's seam.
    /// </summary>
    public static IEnumerable<(uint Begin, uint End)> Gained(IRingRange? before, IRingRange now)
    {
        // Between two neighbouring cuts either all is in a range or nothing is; the end of the piece belongs to the piece and says which.
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
