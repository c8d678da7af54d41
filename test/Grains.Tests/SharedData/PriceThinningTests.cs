using Alerts.SharedData.Prices;
using CsCheck;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public class PriceThinningTests
{
    static readonly Gen<PricePoint[]> history =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 1_000]).Array[1, 400].Select(points => points
            .DistinctBy(point => point.Item1).OrderBy(point => point.Item1)
            .Select(point => new PricePoint(Start.UtcDateTime.AddMinutes(point.Item1), new(point.Item2, "USD"))).ToArray());

    [Fact]
    public void A_history_within_the_limit_is_left_as_it_is() =>
        history.Sample(points => Assert.Equal(points, PriceThinning.Thin(points, Math.Max(4, points.Length))));

    [Fact]
    public void A_longer_one_keeps_its_ends_its_extremes_and_its_order_within_the_limit() =>
        Gen.Select(history, Gen.Int[4, 60]).Sample((points, limit) =>
        {
            var thin = PriceThinning.Thin(points, limit);

            Assert.InRange(thin.Length, 1, limit);
            Assert.Subset(points.ToHashSet(), thin.ToHashSet());
            Assert.Equal(thin.OrderBy(point => point.At).ToArray(), thin);
            Assert.Equal((points[0], points[^1]), (thin[0], thin[^1]));
            Assert.Equal(points.Min(point => point.Price.Value), thin.Min(point => point.Price.Value));
            Assert.Equal(points.Max(point => point.Price.Value), thin.Max(point => point.Price.Value));
        });
}
