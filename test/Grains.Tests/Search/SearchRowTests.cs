using Alerts.Search;

namespace Alerts.Tests.Search;

public class SearchRowTests
{
    static readonly PollPlan plan = PollPlan.New(TimeSpan.FromMinutes(2)).Asked(Some.Noon);

    static GrainId IdOf(string query) => GrainId.Create("search", query);

    static async Task<SearchRow> RowAsync(SharedStorage storage, string query)
    {
        var row = new SearchRow(storage, IdOf(query));
        await row.ReadAsync();
        return row;
    }

    [Fact]
    public async Task The_longest_valid_search_has_a_key_that_any_database_takes()
    {
        var storage = new SharedStorage();
        var query = "EBAY_US?q=" + new string('x', 16_800);
        var row = await RowAsync(storage, query);
        Assert.False(row.Exists);
        await row.WriteAsync(plan);
        Assert.Equal(64, storage.KeysOf("search").Single().Length);
        Assert.Equal(plan, (await RowAsync(storage, query)).Plan);
        await (await RowAsync(storage, query)).ClearAsync();
        Assert.Empty(storage.KeysOf("search"));
    }

    [Fact]
    public async Task A_row_of_an_older_release_is_found_and_replaced()
    {
        const string Query = "EBAY_US?q=iphone&sort=price";
        var storage = new SharedStorage();
        await storage.WriteStateAsync("search", IdOf(Query), new GrainState<SearchRecord>(new SearchRecord { Plan = plan }));
        var row = await RowAsync(storage, Query);
        Assert.Equal((true, plan), (row.Exists, row.Plan));
        await row.WriteAsync(plan.Asked(Some.Noon.AddHours(1)));
        Assert.Equal(64, storage.KeysOf("search").Single().Length);
        Assert.Equal(plan.Asked(Some.Noon.AddHours(1)), (await RowAsync(storage, Query)).Plan);
    }
}
