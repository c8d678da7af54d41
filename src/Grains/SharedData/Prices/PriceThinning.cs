using System.Collections.Immutable;

namespace Alerts.SharedData.Prices;

/// <summary>Makes a long price history short without hiding its extremes. Pure.</summary>
public static class PriceThinning
{
    /// <summary>The fewest points asked for that are honoured: first, last, and a low and a high between.</summary>
    public const int LeastPoints = 4;

    /// <summary>
    /// At most <paramref name="limit"/> of the points, in their order: the first and the last, and of each of equal spans of time the lowest and the highest.
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
