using Alerts.News.Compare;
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
    public void With_sellers_named_only_theirs_are_let_through()
    {
        var filter = new ListingFilter(SearchFor() with { Sellers = ["Bob"] }, Noon);
        Assert.True(filter.Lets(Listing(1, seller: "bob")));
        Assert.False(filter.Lets(Listing(1, seller: "carol")));
    }

    [Fact]
    public void What_has_ended_is_left_out()
    {
        var filter = new ListingFilter(SearchFor(), Noon);
        Assert.False(filter.Lets(Listing(1, ends: Noon)));
        Assert.True(filter.Lets(Listing(1, ends: Noon.AddSeconds(1))));
    }
}
