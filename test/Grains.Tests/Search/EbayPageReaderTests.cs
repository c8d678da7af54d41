using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Alerts.Search;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using CsCheck;

namespace Alerts.Tests.Search;

public class EbayPageReaderTests
{
    static JsonObject Row(long number) => new()
    {
        ["itemId"] = $"v1|{number}|0",
        ["legacyItemId"] = $"{number}",
        ["title"] = $"Listing {number}",
        ["price"] = new JsonObject { ["value"] = "9.00", ["currency"] = "USD", ["convertedFromValue"] = "8.00", ["convertedFromCurrency"] = "EUR" },
        ["currentBidPrice"] = new JsonObject { ["value"] = "10.00", ["currency"] = "USD" },
        ["bidCount"] = 3,
        ["image"] = new JsonObject { ["imageUrl"] = "https://i.ebayimg.com/1.jpg" },
        ["thumbnailImages"] = new JsonArray(new JsonObject { ["imageUrl"] = "https://i.ebayimg.com/2.jpg" }),
        ["condition"] = "New",
        ["seller"] = new JsonObject { ["username"] = "ann", ["feedbackPercentage"] = "99.5", ["feedbackScore"] = 120, ["sellerAccountType"] = "INDIVIDUAL" },
        ["shippingOptions"] = new JsonArray(
            new JsonObject { ["shippingCostType"] = "FIXED", ["shippingCost"] = new JsonObject { ["value"] = "4.00", ["currency"] = "USD" } },
            new JsonObject { ["shippingCostType"] = "FIXED", ["shippingCost"] = new JsonObject { ["value"] = "3.00", ["currency"] = "USD" } }),
        ["buyingOptions"] = new JsonArray("AUCTION"),
        ["itemWebUrl"] = $"https://www.ebay.com/itm/{number}",
        ["itemLocation"] = new JsonObject { ["country"] = "US" },
        ["itemCreationDate"] = "2026-11-28T14:00:00.000Z",
        ["itemEndDate"] = "2026-12-01T14:00:00.000Z",
    };

    static readonly IReadOnlyCollection<string> hosts = LinkHosts.Of(new EbayOptions());

    static JsonObject Page(params JsonNode?[] rows) => new() { ["href"] = "x", ["total"] = rows.Length, ["limit"] = 100, ["offset"] = 0, ["itemSummaries"] = new JsonArray(rows) };

    static EbayAnswer Read(string json) => EbayPageReader.Read(Encoding.UTF8.GetBytes(json), hosts);

    static EbayPage PageOf(string json) => Assert.IsType<EbayAnswer.Found>(Read(json)).Page;

    static EbayPage PageOf(JsonObject page) => PageOf(page.ToJsonString());

    /// <summary>A page of three rows, the middle one with something changed in its text.</summary>
    static EbayPage PageWith(string old, string replaced)
    {
        var json = Page(Row(1), Row(2), Row(3)).ToJsonString();
        var row = Row(2).ToJsonString();
        Assert.Contains(old, row, StringComparison.Ordinal);
        return PageOf(json.Replace(row, row.Replace(old, replaced, StringComparison.Ordinal), StringComparison.Ordinal));
    }

    static long[] Numbers(EbayPage page) => [.. page.Listings.Select(listing => listing.ListingNumber)];

    [Fact]
    public void A_row_is_read_whole()
    {
        var listing = Assert.Single(PageOf(Page(Row(7))).Listings);
        Assert.Equal(("v1|7|0", 7L, "Listing 7", "New", "US"), (listing.ItemId, listing.ListingNumber, listing.Title, listing.Condition, listing.Country));
        Assert.Equal((new Money(10, "USD"), new Money(10, "USD"), new Money(3, "USD"), 3), (listing.Price, listing.SellerPrice, listing.Shipping, listing.BidCount));
        Assert.Equal(("ann", 99.5m, 120, "INDIVIDUAL"), (listing.Seller, listing.SellerPercent, listing.SellerRatings, listing.SellerAccountType));
        Assert.Equal(("https://www.ebay.com/itm/7", "https://i.ebayimg.com/1.jpg"), (listing.Url, listing.ImageUrl));
        Assert.Equal((new DateTimeOffset(2026, 11, 28, 14, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 12, 1, 14, 0, 0, TimeSpan.Zero)), (listing.CreatedAt, listing.EndsAt));
        Assert.Equal(["AUCTION"], listing.BuyingOptions);
        var bought = Row(8);
        bought.Remove("currentBidPrice");
        Assert.Equal(new Money(8, "EUR"), Assert.Single(PageOf(Page(bought)).Listings).SellerPrice);
    }

    [Theory]
    [InlineData("\"Listing 2\"", "\"Phone \\ud83d\"")]
    [InlineData("\"Listing 2\"", "17")]
    [InlineData("\"Listing 2\"", "null")]
    [InlineData("\"Listing 2\"", "\" \\u0000 \"")]
    [InlineData("\"v1|2|0\"", "\"v1|2|0\\n\"")]
    [InlineData("https://www.ebay.com/itm/2", "javascript:alert(1)")]
    [InlineData("https://www.ebay.com/itm/2", "https://ann:secret@www.ebay.com/itm/2")]
    public void A_row_without_what_must_be_shown_is_left_out_and_named(string old, string replaced)
    {
        var page = PageWith(old, replaced);
        Assert.Equal([1, 3], Numbers(page));
        Assert.Equal(replaced.Contains("\\n", StringComparison.Ordinal) ? [null] : ["v1|2|0"], page.BadRows);
        Assert.Equal((3, 3), (page.Rows, page.Total));
    }

    [Theory]
    [InlineData("https://evil.example/itm/2")]
    [InlineData("https://www.ebay.com.evil.example/itm/2")]
    [InlineData("https://notebay.com/itm/2")]
    [InlineData("https://xn--eby-hla.com/itm/2")]
    [InlineData("http://127.0.0.1/itm/2")]
    public void A_link_that_leads_elsewhere_is_replaced_by_that_of_the_listings_number(string replaced) =>
        Assert.Equal("https://www.ebay.com/itm/2", PageWith("https://www.ebay.com/itm/2", replaced).Listings[1].Url);

    [Theory]
    [InlineData("https://i.ebayimg.com/1.jpg", "https://evil.example/1.jpg", "https://i.ebayimg.com/2.jpg")]
    [InlineData("https://i.ebayimg.com/1.jpg", "https://i.ebayimg.com/1.jpg?a=1", "https://i.ebayimg.com/1.jpg?a=1")]
    [InlineData("https://i.ebayimg.com/", "https://tracker.example/", null)]
    public void A_picture_is_one_of_ebays_or_none(string old, string replaced, string? shown) =>
        Assert.Equal(shown, PageWith(old, replaced).Listings[1].ImageUrl);

    [Theory]
    [InlineData("Pho\\u200bne\\u202e 2")]
    [InlineData("Phone\\r\\nBcc: x 2")]
    [InlineData("\\ufeffPhone\\u0007 2")]
    public void A_title_has_nothing_that_cannot_be_seen(string written)
    {
        var title = PageWith("\"Listing 2\"", $"\"{written}\"").Listings[1].Title;
        Assert.DoesNotContain(title, letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format);
    }

    [Fact]
    public void A_row_that_is_null_or_no_object_is_left_out()
    {
        var page = PageOf(Page(Row(1), null, "x", 5, new JsonArray(), Row(2)));
        Assert.Equal([1, 2], Numbers(page));
        Assert.Equal(4, page.BadRows.Length);
    }

    [Theory]
    [InlineData("\"itemEndDate\":\"2026-12-01T14:00:00.000Z\"", "\"itemEndDate\":\"\"")]
    [InlineData("\"itemEndDate\":\"2026-12-01T14:00:00.000Z\"", "\"itemEndDate\":\"2026-11-31T00:00:00.000Z\"")]
    [InlineData("\"itemCreationDate\":\"2026-11-28T14:00:00.000Z\"", "\"itemCreationDate\":{}")]
    [InlineData("\"bidCount\":3", "\"bidCount\":\"many\"")]
    [InlineData("\"condition\":\"New\"", "\"condition\":\"\\udc00\"")]
    [InlineData("\"seller\":{", "\"seller\":null,\"x\":{")]
    [InlineData("\"shippingOptions\":[", "\"shippingOptions\":[null,7,")]
    public void A_field_that_may_be_absent_is_absent_when_it_cannot_be_read(string old, string replaced)
    {
        var page = PageWith(old, replaced);
        Assert.Equal([1, 2, 3], Numbers(page));
        Assert.Empty(page.BadRows);
    }

    [Theory]
    [InlineData("Tom &amp; Jerry&#039;s &quot;Best&quot; &lt;3", "Tom & Jerry's \"Best\" <3")]
    [InlineData("A &amp;amp; B", "A &amp; B")]
    [InlineData("line\\nbreak &#10; and more", "line break   and more")]
    [InlineData("broken &#xD83D; &nosuch; & alone", "broken &#xD83D; &nosuch; & alone")]
    public void Entities_in_a_title_are_decoded_once(string title, string shown) =>
        Assert.Equal(shown, Assert.Single(PageOf(Page(Row(2)).ToJsonString().Replace("Listing 2", title, StringComparison.Ordinal)).Listings).Title);

    [Fact]
    public void A_currency_in_small_letters_and_a_price_that_is_a_number_are_read() => Assert.Equal(
        new Money(12.5m, "USD"),
        Assert.Single(PageOf(Page(Row(2)).ToJsonString().Replace("\"10.00\",\"currency\":\"USD\"", "12.50,\"currency\":\"usd\"", StringComparison.Ordinal)).Listings).Price);

    [Theory]
    [InlineData("1.25e1", 12.5)]
    [InlineData("\"1250E-2\"", 12.5)]
    public void A_price_with_an_exponent_is_read(string written, decimal price) => Assert.Equal(
        price,
        Assert.Single(PageOf(Page(Row(2)).ToJsonString().Replace("\"10.00\",\"currency\":\"USD\"", $"{written},\"currency\":\"USD\"", StringComparison.Ordinal)).Listings).Price.Value);

    [Theory]
    [InlineData("\"total\":3000000000", int.MaxValue)]
    [InlineData("\"total\":\"1e3\"", 1000)]
    [InlineData("\"total\":{},\"next\":\"https://api.ebay.com/next\"", 2)]
    [InlineData("\"total\":null,\"next\":null", 1)]
    [InlineData("\"total\":-1", 1)]
    public void A_page_that_does_not_hold_everything_is_known_by_a_total_of_any_size_and_by_its_next_page(string written, int total) =>
        Assert.Equal(total, PageOf(Page(Row(2)).ToJsonString().Replace("\"total\":1", written, StringComparison.Ordinal)).Total);

    [Fact]
    public void A_title_longer_than_there_is_room_for_is_cut_and_its_listing_stays()
    {
        var title = Assert.Single(PageOf(Page(Row(2)).ToJsonString().Replace("Listing 2", $"A{string.Concat(Enumerable.Repeat("😀", 5_000))}", StringComparison.Ordinal)).Listings).Title;
        Assert.Equal($"A{string.Concat(Enumerable.Repeat("😀", 126))}…", title);
    }

    [Theory]
    [InlineData("""{"total":57,"limit":100}""")]
    [InlineData("""{"total":2,"itemSummaries":[null,{}]}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"total":0,"itemSummaries":"none"}""")]
    [InlineData("""{"total":1,"itemSummaries":[{"itemId":"v1""")]
    [InlineData("""{"total":0,"errors":[{"errorId":12000,"message":"no"}]}""")]
    [InlineData("""{"total":0,"warnings":[{"errorId":"12002","message":"no"}]}""")]
    public void An_answer_that_shows_nothing_it_counted_is_a_failure_and_no_empty_result(string json) => Assert.IsType<EbayAnswer.Failed>(Read(json));

    [Theory]
    [InlineData("""{"total":0}""")]
    [InlineData("""{"total":"0","itemSummaries":null,"warnings":null,"errors":null}""")]
    [InlineData("""{"total":0,"itemSummaries":[],"warnings":{},"errors":"none"}""")]
    public void Nothing_found_is_an_empty_page(string json) => Assert.Empty(PageOf(json).Listings);

    /// <summary>
    /// Whatever a field of one row holds, and whatever the fields hold that are not needed: the other rows are read as ever.
    /// </summary>
    [Fact]
    public void Ten_thousand_damaged_rows_harm_no_other_row()
    {
        var (one, three) = (Row(1_000_001), Row(1_000_003));
        var expected = PageOf(Page(one.DeepClone(), three.DeepClone())).Listings.Select(Text).ToList();
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 80], Damages, Damages, Damages).Sample(
            (at, other, damage, second, top) =>
            {
                var page = Page(one.DeepClone(), Row(1_000_002), three.DeepClone());
                var row = page["itemSummaries"]![1]!;
                Damage(row, at, damage);
                if (other <= 40) // half of them have two bad fields
                    Damage(row, other, second);
                foreach (var field in (string[])["href", "limit", "offset", "total"])
                    page[field] = top(page[field]);
                var listings = PageOf(Written(page)).Listings;
                Assert.Equal(expected, listings.Where(listing => listing.ListingNumber is 1_000_001 or 1_000_003).Select(Text));
            },
            iter: 10_000);

        static string Text(Listing listing) => (listing with { BuyingOptions = [] }).ToString();
    }

    [Fact]
    public void An_answer_cut_anywhere_or_of_any_bytes_is_a_failure_that_is_not_thrown()
    {
        var whole = Encoding.UTF8.GetBytes(Page(Row(1), Row(2)).ToJsonString());
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte.Array[0, 40], Gen.Bool).Sample(
            (at, noise, isCut) => Assert.IsAssignableFrom<EbayAnswer>(EbayPageReader.Read(isCut ? whole.AsMemory(0, at) : (byte[])[.. whole.AsSpan(0, at), .. noise, .. whole.AsSpan(at)], hosts)),
            iter: 10_000);
        Assert.All(Enumerable.Range(0, whole.Length - 1), at => Assert.IsType<EbayAnswer.Failed>(EbayPageReader.Read(whole.AsMemory(0, at), hosts)));
    }

    // What JSON's writer does not write, for which one character stands until the page is text.
    const string HalfAPair = "\uE000";
    const string Deep = "\uE001";

    static string Written(JsonObject page) => page.ToJsonString()
        .Replace("\"\\uE000\"", "\"\\ud83d\"", StringComparison.Ordinal)
        .Replace("\"\\uE001\"", new string('[', 2_000) + new string(']', 2_000), StringComparison.Ordinal);

    /// <summary>What a field becomes: of any type, missing, null, nested, cut.</summary>
    static readonly Gen<Func<JsonNode?, JsonNode?>> Damages = Gen.OneOf<Func<JsonNode?, JsonNode?>>(
        Gen.OneOf(
            "null", "true", "\"\"", "\"x\"", "-1", "0", "1e400", "99999999999999999999", "{}", "[]", "[null]", "[[[]]]", "{\"value\":{},\"currency\":[]}",
            "\"2026-11-31T00:00:00.000Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"").Select(json => To(() => JsonNode.Parse(json))),
        Gen.OneOf(HalfAPair, Deep).Select(text => To(() => JsonValue.Create(text))),
        Gen.String[0, 300].Select(text => To(() => JsonValue.Create(text))),
        Gen.Int[0, 30].Select(CutTo),
        Gen.Const(0).Select(_ => (Func<JsonNode?, JsonNode?>)(old => new JsonObject { ["nested"] = old?.DeepClone() })));

    static Func<JsonNode?, JsonNode?> To(Func<JsonNode?> value) => _ => value();

    static Func<JsonNode?, JsonNode?> CutTo(int length) => old =>
        old is JsonValue value && value.TryGetValue<string>(out var text) ? JsonValue.Create(text[..Math.Min(length, text.Length)]) : null;

    /// <summary>Damages one field of a row, counted through all levels, or takes it away.</summary>
    static void Damage(JsonNode row, int at, Func<JsonNode?, JsonNode?> damage)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(row, places);
        if (places.Count == 0)
            return;
        var (parent, key) = places[at % places.Count];
        if (key is int index)
            parent[index] = damage(parent[index]);
        else if (at > places.Count)
            parent.AsObject().Remove((string)key);
        else
            parent[(string)key] = damage(parent[(string)key]);
    }

    static void Collect(JsonNode node, List<(JsonNode Parent, object Key)> places)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields)
            {
                places.Add((fields, name));
                if (value is not null)
                    Collect(value, places);
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                places.Add((items, i));
                if (items[i] is { } value)
                    Collect(value, places);
            }
        }
    }
}
