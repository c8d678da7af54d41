using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;
using CsCheck;

namespace Alerts.Tests.Settings;

public class SearchQueryTests
{
    static SearchSettings Search(string phrase) => new() { Phrase = phrase };

    static string Key(string phrase) => SearchQuery.KeyOf(Search(phrase), "en");

    static void Same(SearchSettings one, SearchSettings other) => Assert.Equal(SearchQuery.KeyOf(one, "en"), SearchQuery.KeyOf(other, "en"));

    static void Different(SearchSettings one, SearchSettings other) => Assert.NotEqual(SearchQuery.KeyOf(one, "en"), SearchQuery.KeyOf(other, "en"));

    [Theory]
    [InlineData("EBAY_CA", "fr-FR", "fr-CA"), InlineData("EBAY_BE", "FR", "fr-BE"), InlineData("EBAY_BE", "nl-BE", null), InlineData("EBAY_CA", "fy-NL", null)]
    [InlineData("EBAY_CH", "fr-CH", null), InlineData("EBAY_FR", "fr-FR", null), InlineData("EBAY_US", "fr-CA", null)]
    public void Readers_share_a_search_unless_the_marketplace_has_their_language_as_its_second(string marketplace, string language, string? second)
    {
        var search = Search("vélo&language=x") with { Marketplace = marketplace, DeliverTo = new() { Country = "US", PostalCode = "10001" } };
        var query = SearchQuery.Of(search, language);

        Assert.Equal(second, query.Language);
        Assert.Equal(second is null, query.Key == SearchQuery.KeyOf(search, "en"));
        Assert.Equal(query, SearchQuery.Parse(query.Key));
        Assert.Equal(SearchQuery.Of(search, "en").Parameters, query.Parameters);
    }

    [Fact]
    public void The_key_is_the_marketplace_and_eBays_query_string() => Assert.Equal(
        "EBAY_DE?q=iphone%2013&category_ids=9355&sort=price&filter="
            + Uri.EscapeDataString("buyingOptions:{AUCTION|FIXED_PRICE},conditions:{NEW|USED},excludeSellers:{ann|bob},itemLocationCountry:DE,maxDeliveryCost:0,price:[10..400.5],priceCurrency:EUR"),
        SearchQuery.KeyOf(Search("iPhone  13") with
        {
            Marketplace = "EBAY_DE",
            Category = "9355",
            BuyingOptions = [BuyingOption.FixedPrice, BuyingOption.Auction],
            Conditions = [ItemCondition.Used, ItemCondition.New, ItemCondition.Used],
            ExcludeSellers = ["bob", "ann"],
            LocationCountry = "DE",
            FreeShipping = true,
            Price = new PriceRange { Min = 10.00m, Max = 400.50m },
        }, "en"));

    [Theory]
    [InlineData("iphone 13", " IPHONE   13 ")]
    [InlineData("Café", "Cafe\u0301")]
    [InlineData("case (red, blue)", "CASE (Blue,RED )")]
    [InlineData("(galaxy s22, iphone 13) case", "(iphone  13 ,galaxy s22)case")]
    [InlineData("(red, blue, red)", "(blue, red)")]
    [InlineData("iphone (13)", "iphone 13")]
    [InlineData("(a, b) (d, c)", "( b,a )(c , d)")]
    public void Phrases_that_eBay_reads_alike_are_one_search(string one, string other) => Assert.Equal(Key(one), Key(other));

    [Theory]
    [InlineData("iphone 13", "13 iphone")] // eBay knows names of two words, so their order may matter to what it finds.
    [InlineData("(red, blue) case", "red blue case")]
    [InlineData("(iphone 13)", "iphone 13")]
    [InlineData("(a, b) c", "c (a, b)")]
    [InlineData("cafe", "café")]
    [InlineData("a, b", "(a, b)")]
    public void Phrases_that_eBay_may_read_otherwise_are_not(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    [Fact]
    public void A_phrase_that_would_exceed_what_eBay_reads_is_asked_as_it_was_written()
    {
        var long100 = "(" + string.Join(',', Enumerable.Range(10, 33)) + ")"; // 100 characters; ordered, with blanks, 132
        Assert.Equal(100, long100.Length);
        Assert.Equal("EBAY_US?q=" + Uri.EscapeDataString(long100) + "&sort=price", Key(long100));
    }

    [Fact]
    public void Filters_without_effect_make_no_other_search()
    {
        var plain = Search("iphone 13");
        Same(plain, plain with { BuyingOptions = [BuyingOption.FixedPrice] });
        Same(plain, plain with { Price = new PriceRange { Min = 0 } });
        Same(plain, plain with { Price = new PriceRange { Min = 0, Currency = "USD" } });
        Same(plain with { Price = new PriceRange { Max = 400 } }, plain with { Price = new PriceRange { Min = 0.00m, Max = 400.00m, Currency = "USD" } });
        Same(plain with { Sellers = ["ann", "bob"] }, plain with { Sellers = ["bob", "ann", "bob"] });
    }

    [Fact]
    public void What_is_judged_per_user_is_no_part_of_the_search()
    {
        var plain = Search("iphone 13");
        Same(plain, plain with { Id = "s-00000009", ExcludeWords = ["case"], Paused = true, Rules = new AlertRules { PriceAtOrBelow = 100, CooldownHours = 5 } });
    }

    [Fact]
    public void What_changes_eBays_answer_makes_another_search()
    {
        var plain = Search("iphone 13");
        SearchSettings[] others =
        [
            plain with { Marketplace = "EBAY_GB" }, plain with { Category = "9355" }, plain with { Price = new PriceRange { Min = 1 } },
            plain with { Price = new PriceRange { Max = 1 } }, plain with { Price = new PriceRange { Max = 1, Currency = "EUR" } },
            plain with { Conditions = [ItemCondition.New] }, plain with { BuyingOptions = [BuyingOption.Auction] },
            plain with { BuyingOptions = [BuyingOption.Auction, BuyingOption.FixedPrice] }, plain with { LocationCountry = "US" },
            plain with { FreeShipping = true }, plain with { Sellers = ["ann"] }, plain with { ExcludeSellers = ["ann"] },
        ];
        Assert.All(others, other => Different(plain, other));
        Assert.Equal(others.Length, others.Select(other => SearchQuery.KeyOf(other, "en")).Distinct().Count());
    }

    [Fact]
    public void The_form_of_a_form_is_itself_and_as_valid_as_the_phrase() =>
        Gen.String[Gen.Char["aB1 ,()éİßǅＡ\u0301"], 1, 100].Sample(phrase =>
        {
            if (UserSettingsValidator.Validate(Search(phrase)).Count > 0)
                return;
            var form = Uri.UnescapeDataString(SearchQuery.Parse(Key(phrase)).Parameters["q=".Length..].Split('&')[0]);
            Assert.Equal(Key(phrase), Key(form));
            Assert.Empty(UserSettingsValidator.Validate(Search(form)));
        });

    [Fact]
    public void The_order_of_alternatives_never_matters() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 4].Array[1, 8], Gen.Int).Sample((words, seed) =>
        {
            var mixed = words.ToArray();
            new Random(seed).Shuffle(mixed);
            Assert.Equal(Key($"thing ({string.Join(", ", words)})"), Key($"THING ({string.Join(',', mixed)})"));
        });
}
