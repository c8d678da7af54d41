using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using static Alerts.Tests.Some;

namespace Alerts.Tests.News;

public class ListingFilterTests
{
    [Theory]
    [InlineData("case", "iPhone 13 Case black", true)]
    [InlineData("case", "iPhone 13 in bookcase", false)]
    [InlineData("case", "iPhone 13 cases", false)]
    [InlineData("case", "iPhone 13 (CASE)", true)]
    [InlineData("case", "Showcase, case", true)]
    [InlineData("for parts", "iPhone 13 FOR  PARTS only", true)]
    [InlineData("for parts", "iPhone 13 parts for", false)]
    [InlineData("hülle", "HU\u0308LLE für iPhone", true)]
    [InlineData("hulle", "Hülle für iPhone", false)]
    [InlineData("groß", "GROSS", true)]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος", true)]
    [InlineData("ｃａｓｅ", "iPhone case", true)]
    [InlineData("ケース", "iPhone 13 ケース", true)]
    [InlineData("c++", "C++ in a nutshell", true)]
    [InlineData("13", "iPhone 13", true)]
    [InlineData("13", "iPhone 138", false)]
    [InlineData(" ", "iPhone 13", false)]
    public void A_word_excludes_the_titles_that_hold_it_as_a_word(string word, string title, bool isExcluded)
    {
        var filter = new ListingFilter(SearchFor() with { ExcludeWords = ["unrelated", word] }, Noon);
        Assert.Equal(!isExcluded, filter.Lets(Listing(1, title: title)));
    }

    [Fact]
    public void An_excluded_seller_is_left_out_whatever_the_case()
    {
        var filter = new ListingFilter(SearchFor() with { ExcludeSellers = ["Bob"] }, Noon);
        Assert.False(filter.Lets(Listing(1, seller: "bOB")));
        Assert.True(filter.Lets(Listing(1, seller: "bobby")));
        Assert.True(filter.Lets(Listing(1, seller: null)));
    }

    [Fact]
    public void A_listing_that_is_left_out_by_its_number_is_not_let_through()
    {
        var filter = new ListingFilter(SearchFor() with { ExcludeListings = [2, 1] }, Noon);
        Assert.Equal([false, false, true], new[] { 1, 2, 3 }.Select(number => filter.Lets(Listing(number))));
    }

    [Fact]
    public void A_search_of_an_earlier_silo_which_knows_no_such_numbers_leaves_none_out() =>
        Assert.True(new ListingFilter(SearchFor() with { ExcludeListings = default }, Noon).Lets(Listing(1)));

    [Fact]
    public void With_sellers_named_only_theirs_are_let_through()
    {
        var filter = new ListingFilter(SearchFor() with { Sellers = ["Bob"] }, Noon);
        Assert.True(filter.Lets(Listing(1, seller: "bob")));
        Assert.False(filter.Lets(Listing(1, seller: "carol")));
    }

    [Theory]
    [InlineData("case", "iPhone 13 Case black", true)]
    [InlineData("case", "iPhone 13 in bookcase", false)]
    [InlineData("hülle", "HU\u0308LLE für iPhone", true)]
    [InlineData("ケース", "iPhone 13 ケース", true)]
    [InlineData("كتاب", "كتاب قديم", true)]
    [InlineData("книга", "КНИГА старая", true)]
    [InlineData("книга", "книгах", false)]
    public void A_word_asked_for_is_in_the_titles_that_hold_it_as_a_word(string word, string title, bool isLet)
    {
        var filter = new ListingFilter(SearchFor() with { IncludeWords = ["unrelated", word] }, Noon);
        Assert.Equal(isLet, filter.Lets(Listing(1, title: title)));
        var both = new ListingFilter(SearchFor() with { IncludeWords = [word], ExcludeWords = [word] }, Noon);
        Assert.False(both.Lets(Listing(1, title: title)));
    }

    [Fact]
    public void A_seller_meets_the_rules_only_where_eBay_says_so()
    {
        var good = Listing(1, seller: "Bob") with { SellerPercent = 99.2m, SellerRatings = 500, SellerAccountType = "BUSINESS" };

        Assert.True(Lets(good, new SellerRules { MinPercent = 99, MinRatings = 500, AccountType = SellerAccountType.Business, Include = ["bob"] }));
        Assert.False(Lets(good, new SellerRules { MinPercent = 99.5m }));
        Assert.False(Lets(good, new SellerRules { MinRatings = 501 }));
        Assert.False(Lets(good, new SellerRules { AccountType = SellerAccountType.Individual }));
        Assert.False(Lets(good, new SellerRules { Exclude = ["BOB"] }));
        Assert.False(Lets(good, new SellerRules { Include = ["carol"] }));
        var silent = Listing(2, seller: null);
        Assert.True(Lets(silent, new SellerRules()));
        Assert.True(Lets(silent, new SellerRules { Exclude = ["bob"] }));
        Assert.All<SellerRules>([new() { MinPercent = 0 }, new() { MinRatings = 0 }, new() { AccountType = SellerAccountType.Business }, new() { Include = ["bob"] }],
            rules => Assert.False(Lets(silent, rules)));

        static bool Lets(Listing listing, SellerRules rules) => new ListingFilter(SearchFor() with { Seller = rules }, Noon).Lets(listing);
    }

    [Fact]
    public void Words_and_sellers_asked_for_make_no_query_of_their_own() => Assert.Equal(
        SearchQuery.KeyOf(SearchFor(), "en"),
        SearchQuery.KeyOf(SearchFor() with { IncludeWords = ["128gb"], Seller = new SellerRules { MinPercent = 99, Include = ["bob"] }, Watch = WatchMode.New }, "en"));

    [Fact]
    public void What_has_ended_is_left_out()
    {
        var filter = new ListingFilter(SearchFor(), Noon);
        Assert.False(filter.Lets(Listing(1, ends: Noon)));
        Assert.True(filter.Lets(Listing(1, ends: Noon.AddSeconds(1))));
    }
}
