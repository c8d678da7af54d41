using Microsoft.Extensions.Time.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public abstract partial class SharedDataContract
{
    [Fact]
    public async Task Products_unseen_for_their_time_go_with_their_prices_and_places()
    {
        await Database.WriteAsync(Batch(0, Of(1), Of(2)));
        await Database.WriteAsync(Batch(Days(2), Of(2, 9)));

        Assert.Equal(4, await RetainAsync(Start.AddDays(31.6)));

        Assert.Equal(["v1|2|0"], await Database.RowsAsync("SELECT item_id FROM products"));
        Assert.Equal([(0, 10m), (Days(2), 9m)], await Database.HistoryAsync(2));
        Assert.Equal(["v1|2|0"], await Database.RowsAsync("SELECT item_id FROM query_products"));
    }

    [Fact]
    public async Task Old_prices_go_except_the_one_that_stood_at_the_limit()
    {
        await Database.WriteAsync(Batch(0, Of(1, 10), Of(2, 10)));
        await Database.WriteAsync(Batch(Days(1), Of(1, 9), Of(2, 10)));
        await Database.WriteAsync(Batch(Days(2), Of(1, 8), Of(2, 10)));
        await Database.WriteAsync(Batch(Days(95), Of(1, 7), Of(2, 10)));

        Assert.Equal(2, await RetainAsync(Start.AddDays(100)));

        Assert.Equal([(Days(2), 8m), (Days(95), 7m)], await Database.HistoryAsync(1));
        Assert.Equal([(0, 10m)], await Database.HistoryAsync(2));
    }

    [Fact]
    public async Task More_rows_than_a_batch_and_a_page_go_too()
    {
        await Database.WriteAsync([.. Enumerable.Range(0, 300).Select(minute => Batch(minute, Enumerable.Range(1, 10).Select(number => Of(number, minute + number))))]);
        await Database.WriteAsync(Batch(Days(95), Enumerable.Range(1, 10).Select(number => Of(number, 5_000))));

        Assert.Equal(10 * 299, await RetainAsync(Start.AddDays(96)));

        Assert.Equal(20, (await Database.RowsAsync("SELECT 1 FROM price_observations")).Length);
    }

    [Fact]
    public async Task Searches_go_unless_somebody_watches_them_and_so_do_what_they_found_and_users_who_fell_silent()
    {
        await Database.WriteAsync(Batch(0, Of(1), Of(2)) with { Query = "EBAY_US?q=old" });
        await Database.WriteAsync(Batch(0, Of(1)) with { Query = "EBAY_US?q=watched" });
        await PublishAsync(Watched(Ann, Days(30), "watched", "new"), Watched(Bob, Days(20), "old"));
        await Database.WriteAsync(Batch(Days(30), Of(1), Of(2)) with { Query = "EBAY_US?q=young" });

        Assert.Equal(5, await RetainAsync(Start.AddDays(31.6)));

        Assert.Equal(["EBAY_US?q=new", "EBAY_US?q=watched", "EBAY_US?q=young"], await Database.RowsAsync("SELECT query FROM queries ORDER BY query"));
        Assert.Equal(2, (await Database.RowsAsync("SELECT 1 FROM query_products")).Length);
        Assert.Equal([Ann, Ann], await Database.RowsAsync("SELECT user_id FROM subscriptions"));
    }

    [Fact]
    public async Task More_searches_places_and_silent_users_than_a_batch_go_too()
    {
        var old = Enumerable.Range(0, 300).Select(number => $"old {number}").ToList();
        await Database.WriteAsync([.. old.Select(phrase => Batch(0, Of(1), Of(2)) with { Query = $"EBAY_US?q={phrase}" })]);
        await PublishAsync([.. old.Select((phrase, number) => Watched($"u-{1_000 + number:x32}", 0, phrase)), Watched(Ann, Days(30), "never searched", "old 7")]);
        await Database.WriteAsync(Batch(Days(30), Of(1), Of(2)) with { Query = "EBAY_US?q=young" });

        Assert.Equal(600 + 300 + 299, await RetainAsync(Start.AddDays(31.6)));

        Assert.Equal(["EBAY_US?q=never searched", "EBAY_US?q=old 7", "EBAY_US?q=young"], await Database.RowsAsync("SELECT query FROM queries ORDER BY query"));
        Assert.Equal(2, (await Database.RowsAsync("SELECT 1 FROM query_products")).Length);
        Assert.Equal([Ann, Ann], await Database.RowsAsync("SELECT user_id FROM subscriptions"));
    }

    [Fact]
    public async Task Nothing_young_goes()
    {
        await Database.WriteAsync(Batch(0, Of(1)));
        await Database.WriteAsync(Batch(1, Of(1, 9)));
        var before = await EverythingAsync();

        Assert.Equal(0, await RetainAsync(Start.AddDays(29)));

        Assert.Equal(before, await EverythingAsync());
    }

    static double Days(double days) => days * 24 * 60;

    Task<int> RetainAsync(DateTimeOffset now) => Database.Retention(new FakeTimeProvider(now)).RunAsync(TestContext.Current.CancellationToken);
}
