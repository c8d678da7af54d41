using Alerts.Search;
using Alerts.Settings;
using Alerts.SharedData.Products;

namespace Alerts.Tests.SharedData;

public class QueryIdentityTests
{
    static readonly SearchSettings search = new() { Phrase = "iPhone 13", Price = new() { Min = 5, Max = 10 }, Sellers = ["ann", "bob"], ExcludeSellers = ["carol"] };

    [Fact]
    public void The_text_counts_sellers_and_does_not_name_them()
    {
        var text = QueryIdentity.TextOf(SearchQuery.KeyOf(search, "en"));

        Assert.Equal(
            "EBAY_US?q=iphone%2013&sort=price&filter=" + Uri.EscapeDataString("excludeSellers:{1},price:[5..10],priceCurrency:USD,sellers:{2}"),
            text);
    }

    [Fact]
    public void A_query_without_sellers_is_its_own_text()
    {
        var query = SearchQuery.KeyOf(search with { Sellers = [], ExcludeSellers = [] }, "en");

        Assert.Equal(query, QueryIdentity.TextOf(query));
    }

    [Fact]
    public void Queries_that_differ_in_a_seller_only_have_different_ids()
    {
        var one = QueryIdentity.IdOf(SearchQuery.KeyOf(search, "en"));
        var other = QueryIdentity.IdOf(SearchQuery.KeyOf(search with { Sellers = ["ann", "dave"] }, "en"));

        Assert.Matches("^[0-9a-f]{32}$", one);
        Assert.NotEqual(one, other);
    }
}
