using Alerts.Cluster.Tests;
using Alerts.Insights;
using Alerts.Search;
using Alerts.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public sealed class SiloInsightsTests : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_fortnight_of_searches_the_insight_is_what_came_down()
    {
        await using var silo = await SharedDataOfASilo.StartAsync(EmbeddedSilo.Settings(folder), Cancellation);
        var now = TimeProvider.System.GetUtcNow();
        for (var day = 14; day >= 0; day--)
        {
            var found = new SearchSnapshot
            {
                Version = day + 1,
                FetchedAt = now.AddDays(-day).AddHours(-1),
                Total = 4,
                Listings = [Of(1, 100 + day), Of(2, 100), Of(3, 100 - day), .. day is 0 ? [] : (Listing[])[Of(4, 50 + day)]],
            };
            Assert.True(await silo.Products.PublishAsync(Query, found));
        }

        await silo.Written.ReachAsync((15 * 4) - 1, Cancellation);

        var insight = await silo.Grains.GetGrain<IInsightGrain>(Query).GetAsync();

        // The second never moved, the third rose, the fourth came down but is not listed any more.
        var listing = Assert.Single(insight.Listings);
        Assert.Equal((1L, new Money(114, "USD"), new Money(100, "USD")), (listing.Listing.ListingNumber, listing.Before, listing.Listing.SellerPrice));
        Assert.Equal(Enumerable.Range(0, 14).Select(day => (decimal?)(113 - day)), listing.Trend.Days);
        Assert.NotNull(listing.Trend.LowestSince);
    }

    public void Dispose() => folder.Dispose();
}
