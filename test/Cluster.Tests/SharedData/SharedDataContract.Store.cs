using System.Globalization;
using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

/// <summary>What the shared data does on every database: run on SQLite and on MariaDB.</summary>
public abstract partial class SharedDataContract : IAsyncLifetime
{
    SharedDatabase? opened;

    protected SharedDatabase Database => opened!;

    /// <summary>A new, migrated database.</summary>
    protected abstract Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken);

    public async ValueTask InitializeAsync() => opened = await OpenAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (opened is not null)
            await opened.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_listing_is_kept_with_all_its_facts_and_without_its_seller()
    {
        var listing = Of(42, 12.5m) with
        {
            Price = new(11.4m, "EUR"),
            ImageUrl = "https://images.example/42.jpg",
            Shipping = new(4.99m, "EUR"),
            BuyingOptions = ["FIXED_PRICE", "BEST_OFFER"],
        };

        await Database.WriteAsync(Batch(0, listing) with { Marketplace = "EBAY_DE" });

        Assert.Equal(
            ["v1|42|0 | 42 | iPhone 13, no. 42 | 11.4 | EUR | 12.5 | USD | 2026-03-14 09:26:53.589 | Used | EBAY_DE | https://www.ebay.example/itm/42 "
                + "| https://images.example/42.jpg | 4.99 | EUR | FIXED_PRICE,BEST_OFFER | 2026-03-14 09:26:53.589 | 2026-03-14 09:26:53.589"],
            await Database.RowsAsync("""
                SELECT item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since, item_condition, marketplace, url,
                  image_url, shipping, shipping_currency, buying_options, first_seen, last_seen FROM products
                """));
        Assert.Equal(["v1|42|0 | 2026-03-14 09:26:53.589 | 12.5 | USD"], await Database.RowsAsync("SELECT item_id, observed_at, price, currency FROM price_observations"));
    }

    [Fact]
    public async Task What_a_listing_does_not_state_is_null()
    {
        await Database.WriteAsync(Batch(0, Of(42) with { Condition = null, BuyingOptions = [] }));

        Assert.Equal(["- | - | - | - | "], await Database.RowsAsync("SELECT item_condition, image_url, shipping, shipping_currency, buying_options FROM products"));
    }

    [Theory]
    [InlineData("📱 iPhone 13 \U0001F469‍\U0001F469‍\U0001F467 256GB 🇩🇪")]
    [InlineData("آيفون ١٣ مستعمل")]
    [InlineData("‏אייפון 13 חדש‏")]
    [InlineData("𠮷野家のiPhone𝟙𝟛")]
    [InlineData("O'Brien's \"13\" \\ \\' -- ; DROP TABLE products; %_ \0 end")]
    [InlineData("ﷺé Å")]
    [InlineData("O'Brien''s 'iPhone'")]
    [InlineData("@p0 ?p1 :p2 {0} $1 /* # -- */ 100% `a` \t\r\n x'27'")]
    public async Task Titles_of_all_alphabets_come_back_as_they_were(string title)
    {
        await Database.WriteAsync(Batch(0, Of(42) with { Title = title }));

        Assert.Equal([title], await Database.RowsAsync("SELECT title FROM products"));
    }

    [Fact]
    public async Task Texts_of_the_greatest_length_fit_and_longer_ones_are_cut_between_characters()
    {
        var fits = Of(1) with
        {
            ItemId = new('i', 64),
            Title = string.Concat(Enumerable.Repeat("😀", 127)) + "x",
            Url = "https://e.example/" + new string('u', 2_030),
            Condition = new('c', 64),
        };
        var tooLong = Of(2) with
        {
            Title = string.Concat(Enumerable.Repeat("😀", 200)),
            Url = "https://e.example/" + new string('u', 2_031),
            Condition = new('c', 65),
        };

        await Database.WriteAsync(Batch(0, fits, tooLong));

        Assert.Equal(
            [$"{fits.ItemId} | {fits.Title} | {fits.Url} | {fits.Condition}",
             $"{tooLong.ItemId} | {string.Concat(Enumerable.Repeat("😀", 127))} | - | {new string('c', 64)}"],
            await Database.RowsAsync("SELECT item_id, title, url, item_condition FROM products ORDER BY legacy_item_id"));
    }

    [Theory]
    [InlineData("0.01", "USD"), InlineData("99999999.99", "USD"), InlineData("1", "JPY"), InlineData("99999999", "JPY"), InlineData("99999999.99", "JPY")]
    [InlineData("0.001", "KWD"), InlineData("0.01", "KWD"), InlineData("99999999.999", "KWD"), InlineData("999999999999.999", "USD"), InlineData("0", "EUR")]
    public async Task Prices_are_exact(string amount, string currency)
    {
        var price = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        await Database.WriteAsync(Batch(0, Of(42, price, currency)));
        await Database.WriteAsync(Batch(2, Of(42, price, currency)));

        Assert.Equal([(0, price)], await Database.HistoryAsync(42));
        Assert.Equal([$"{amount} | {currency}"], await Database.RowsAsync("SELECT seller_price, seller_currency FROM products"));
    }

    [Fact]
    public async Task A_price_is_a_row_only_when_it_changed()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10)));
        await Database.WriteAsync(Batch(2, Of(42, 10)));
        await Database.WriteAsync(Batch(4, Of(42, 9.5m)));
        await Database.WriteAsync(Batch(6, Of(42, 9.5m)));
        await Database.WriteAsync(Batch(8, Of(42, 10)));

        Assert.Equal([(0, 10m), (4, 9.5m), (8, 10m)], await Database.HistoryAsync(42));
    }

    [Fact]
    public async Task Each_fact_that_changes_is_written_with_the_price_as_it_was()
    {
        Func<Listing, Listing>[] changes =
        [
            listing => listing with { Title = "another" }, listing => listing with { Price = new(9, "EUR") }, listing => listing with { Price = new(9, "GBP") },
            listing => listing with { Condition = null }, listing => listing with { Url = "https://e.example/" }, listing => listing with { ImageUrl = "https://e.example/i.jpg" },
            listing => listing with { Shipping = new(0, "USD") }, listing => listing with { Shipping = new(0, "EUR") }, listing => listing with { Shipping = null },
            listing => listing with { BuyingOptions = ["AUCTION"] }, listing => listing with { ListingNumber = 43 },
        ];
        // Each differs from the one before in one fact.
        List<Listing> states = [Of(42)];
        foreach (var change in changes)
            states.Add(change(states[^1]));
        for (var minute = 0; minute < states.Count; minute++)
        {
            await Database.WriteAsync(Batch(minute, states[minute]));
            await using var fresh = await OpenAsync(Cancellation);
            await fresh.WriteAsync(Batch(minute, states[minute]));

            const string Facts = "SELECT legacy_item_id, title, price, currency, item_condition, url, image_url, shipping, shipping_currency, buying_options, last_seen FROM products";
            Assert.Equal(await fresh.RowsAsync(Facts), await Database.RowsAsync(Facts));
        }

        Assert.Equal([(0, 10m)], await Database.HistoryAsync(42));
        Assert.Equal(["2026-03-14 09:26:53.589 | 2026-03-14 09:26:53.589"], await Database.RowsAsync("SELECT price_since, first_seen FROM products"));
    }

    [Fact]
    public async Task An_item_id_of_any_ascii_is_kept_apart_from_all_others()
    {
        string[] ids = [@"v1|\|0", @"v1|\\|0", "v1|'|0", "v1|''|0", "V1|a|0", "v1|a|0", "v1|%|0", "v1| |0"];
        for (var minute = 0; minute < 3; minute++)
            await Database.WriteAsync(Batch(minute, ids.Select(id => Of(42, 10 + minute) with { ItemId = id })));

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await Database.RowsAsync("SELECT item_id FROM products")).Order(StringComparer.Ordinal));
        foreach (var id in ids)
            Assert.Equal(3, (await Database.Catalog.PricesAsync(id, Start.AddDays(-1), Start.AddDays(1), 100, Cancellation))!.Total);
    }

    [Fact]
    public async Task A_converted_price_that_moves_with_the_exchange_rate_is_no_change()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10) with { Price = new(9.1m, "EUR") }));
        await Database.WriteAsync(Batch(2, Of(42, 10) with { Price = new(9.2m, "EUR") }));

        Assert.Equal([(0, 10m)], await Database.HistoryAsync(42));
        Assert.Equal(["9.2 | EUR"], await Database.RowsAsync("SELECT price, currency FROM products"));
    }

    [Fact]
    public async Task A_price_of_the_seller_that_the_exchange_rate_makes_up_for_is_a_change()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10) with { Price = new(9.1m, "EUR") }));
        await Database.WriteAsync(Batch(2, Of(42, 9.9m) with { Price = new(9.1m, "EUR") }));

        Assert.Equal([(0, 10m), (2, 9.9m)], await Database.HistoryAsync(42));
        Assert.Equal(["9.9 | 9.1"], await Database.RowsAsync("SELECT seller_price, price FROM products"));
    }

    [Fact]
    public async Task The_same_amount_in_another_currency_is_a_change()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10, "USD")));
        await Database.WriteAsync(Batch(2, Of(42, 10, "CAD")));

        Assert.Equal(["10 | USD", "10 | CAD"], await Database.RowsAsync("SELECT price, currency FROM price_observations ORDER BY observed_at"));
    }

    [Fact]
    public async Task Prices_that_changed_within_a_batch_are_all_kept_and_the_newest_stands()
    {
        await Database.WriteAsync(Batch(6, Of(42, 8)), Batch(0, Of(42, 10)), Batch(2, Of(42, 10)), Batch(4, Of(42, 9)), Batch(8, Of(42, 8)), Batch(4, Of(42, 9)));

        Assert.Equal([(0, 10m), (4, 9m), (6, 8m)], await Database.HistoryAsync(42));
        Assert.Equal(["8 | 2026-03-14 09:32:53.589 | 2026-03-14 09:34:53.589"], await Database.RowsAsync("SELECT seller_price, price_since, last_seen FROM products"));
    }

    [Fact]
    public async Task A_late_batch_changes_no_newer_fact()
    {
        await Database.WriteAsync(Batch(10, Of(42, 8) with { Title = "new title" }));
        await Database.WriteAsync(Batch(4, Of(42, 9) with { Title = "old title" }));

        Assert.Equal([(4, 9m), (10, 8m)], await Database.HistoryAsync(42));
        Assert.Equal(
            ["new title | 8 | 2026-03-14 09:36:53.589 | 2026-03-14 09:30:53.589 | 2026-03-14 09:36:53.589"],
            await Database.RowsAsync("SELECT title, seller_price, price_since, first_seen, last_seen FROM products"));
    }

    [Fact]
    public async Task A_late_batch_with_the_price_that_came_later_moves_its_beginning()
    {
        await Database.WriteAsync(Batch(10, Of(42, 8)));
        await Database.WriteAsync(Batch(4, Of(42, 8)));

        Assert.Equal([(4, 8m)], await Database.HistoryAsync(42));
        Assert.Equal(["2026-03-14 09:30:53.589"], await Database.RowsAsync("SELECT price_since FROM products"));
    }

    [Fact]
    public async Task A_late_price_between_two_equal_ones_stands_between_them()
    {
        await Database.WriteAsync(Batch(0, Of(42, 10)));
        await Database.WriteAsync(Batch(10, Of(42, 10)));
        await Database.WriteAsync(Batch(4, Of(42, 7)));

        Assert.Equal([(0, 10m), (4, 7m), (10, 10m)], await Database.HistoryAsync(42));
        Assert.Equal(["10 | 2026-03-14 09:36:53.589"], await Database.RowsAsync("SELECT seller_price, price_since FROM products"));
    }

    [Fact]
    public async Task Batches_written_twice_change_nothing()
    {
        ProductBatch[] batches = [Batch(0, Of(42, 10), Of(43, 5)), Batch(2, Of(42, 9)), Batch(4, Of(42, 9), Of(43, 6))];
        foreach (var batch in batches)
            await Database.WriteAsync(batch);
        var before = await EverythingAsync();

        foreach (var batch in batches)
            await Database.WriteAsync(batch);
        await Database.WriteAsync(batches);

        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task The_newest_result_of_a_search_has_its_time()
    {
        await Database.WriteAsync(Batch(0, Of(1), Of(2), Of(3)));
        await Database.WriteAsync(Batch(2, Of(3), Of(1)));
        await Database.WriteAsync(Batch(1, Of(2), Of(3)));

        Assert.Equal(
            ["v1|3|0 | 0", "v1|1|0 | 1"],
            await Database.RowsAsync("""
                SELECT found.item_id, found.item_rank FROM query_products found JOIN queries search
                ON search.query_id = found.query_id AND search.last_seen = found.last_seen ORDER BY found.item_rank
                """));
        Assert.Equal(3, (await Database.RowsAsync("SELECT item_id FROM query_products")).Length);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_any_more_has_an_empty_newest_result()
    {
        await Database.WriteAsync(Batch(0, Of(1)));
        await Database.WriteAsync(Batch(2));

        Assert.Equal([$"{Query} | EBAY_US | 2026-03-14 09:26:53.589 | 2026-03-14 09:28:53.589"], await Database.RowsAsync("SELECT query, marketplace, first_seen, last_seen FROM queries"));
        Assert.Empty(await Database.RowsAsync("SELECT 1 FROM query_products found JOIN queries search ON search.query_id = found.query_id AND search.last_seen = found.last_seen"));
    }

    [Fact]
    public async Task A_listing_that_the_schema_cannot_hold_does_not_keep_the_others_out()
    {
        Listing[] unfit =
        [
            Of(1) with { ItemId = new('i', 65) }, Of(2) with { ItemId = "" }, Of(3) with { ItemId = "v1|ü|0" }, Of(4, -1),
            Of(5, 1_000_000_000_000m), Of(6, 1, "EURO"), Of(7) with { Shipping = new(-0.01m, "USD") },
        ];

        await Database.WriteAsync(Batch(0, [.. unfit, Of(42)]));

        Assert.Equal(["v1|42|0"], await Database.RowsAsync("SELECT item_id FROM products"));
        Assert.Equal(7, WriteSet.Of([Batch(0, unfit)]).Refused);
    }

    [Fact]
    public async Task Writers_of_the_same_products_at_once_leave_one_history()
    {
        // Each minute by another writer, so that what one brings is late for the next. No price comes back: then the order leaves no trace.
        const int Writers = 4;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var minute = writer; minute < 60; minute += Writers)
                await WriteUntilDoneAsync(Batch(minute, Enumerable.Range(1, 50).Select(number => Of(number, PriceOf(number, minute)))));
        })));

        foreach (var number in Enumerable.Range(1, 50))
        {
            var changes = Enumerable.Range(0, 60).Where(minute => minute == 0 || PriceOf(number, minute) != PriceOf(number, minute - 1)).ToList();
            Assert.Equal(changes.Select(minute => ((double)minute, PriceOf(number, minute))), await Database.HistoryAsync(number));
            Assert.Equal(
                [$"{Time(changes[^1])} | {Time(0)} | {Time(59)} | {PriceOf(number, 59)}"],
                await Database.RowsAsync($"SELECT price_since, first_seen, last_seen, seller_price FROM products WHERE item_id = 'v1|{number}|0'"));
        }

        static decimal PriceOf(int number, int minute) => 100 + (minute + number) / 7;
        static string Time(int minute) => Start.AddMinutes(minute).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);
    }

    /// <summary>As the writer does: a deadlock or a lost lock is tried again.</summary>
    async Task WriteUntilDoneAsync(ProductBatch batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Database.WriteAsync(batch);
                return;
            }
            catch (System.Data.Common.DbException failure) when (attempt < 20 && Database.Dialect.IsTransient(failure))
            {
            }
        }
    }

    async Task<string[]> EverythingAsync() =>
    [
        .. await Database.RowsAsync("SELECT * FROM products ORDER BY item_id"),
        .. await Database.RowsAsync("SELECT * FROM price_observations ORDER BY item_id, observed_at"),
        .. await Database.RowsAsync("SELECT * FROM queries ORDER BY query_id"),
        .. await Database.RowsAsync("SELECT * FROM query_products ORDER BY query_id, item_id"),
    ];
}
