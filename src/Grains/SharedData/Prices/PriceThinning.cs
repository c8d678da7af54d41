using System.Collections.Immutable;

namespace Alerts.SharedData.Prices;

/// <summary>Shortens a price history without hiding its extremes. Pure.</summary>
public static class PriceThinning
{
    /// <summary>The smallest limit that is respected: the first, the last, and a low and a high between them.</summary>
    public const int LeastPoints = 4;

    /// <summary>
    /// At most <paramref name="limit"/> of the points, in their order: the first, the last, and the lowest and highest of each of several
    /// equal spans.
    /// </summary>
    public static ImmutableArray<PricePoint> Thin(IReadOnlyList<PricePoint> points, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, LeastPoints);
        if (points.Count <= limit)
            return [.. points];
        var (first, last) = (points[0], points[^1]);
        var spans = (limit - 2) / 2;
        var ticksPerSpan = (last.At - first.At).Ticks / spans + 1;
        var kept = points.Skip(1).SkipLast(1)
            .GroupBy(point => (point.At - first.At).Ticks / ticksPerSpan)
            .SelectMany(span => new[] { span.MinBy(point => point.Price.Value), span.MaxBy(point => point.Price.Value) })
            .Distinct()
            .OrderBy(point => point.At);
        return [first, .. kept, last];
    }
}
