using System.Collections.Immutable;
using Alerts.SharedData;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public abstract partial class SharedDataContract
{
    const string Ann = "u-0000000000000000000000000000000a";
    const string Bob = "u-0000000000000000000000000000000b";
    const string Rows = "SELECT user_id, query, frequency_minutes, active FROM subscriptions JOIN queries ON queries.query_id = subscriptions.query_id ORDER BY user_id, query";

    [Fact]
    public async Task What_users_watch_can_be_read()
    {
        await TellAsync(Watched(Ann, 0, "a", "b"), Watched(Bob, 0, "b") with { FrequencyMinutes = 60, Active = false });

        Assert.Equal([$"{Ann} | EBAY_US?q=a | 2 | 1", $"{Ann} | EBAY_US?q=b | 2 | 1", $"{Bob} | EBAY_US?q=b | 60 | 0"], await WatchedAsync());
    }

    [Fact]
    public async Task What_a_user_watches_no_longer_is_gone()
    {
        await TellAsync(Watched(Ann, 0, "a", "b"), Watched(Bob, 0, "a"));
        await TellAsync(Watched(Ann, 1, "b", "c") with { Active = false });

        Assert.Equal([$"{Ann} | EBAY_US?q=b | 2 | 0", $"{Ann} | EBAY_US?q=c | 2 | 0", $"{Bob} | EBAY_US?q=a | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task A_deleted_user_watches_nothing()
    {
        await TellAsync(Watched(Ann, 0, "a"), Watched(Bob, 0, "a"));
        await TellAsync(Watched(Ann, 1));

        Assert.Equal([$"{Bob} | EBAY_US?q=a | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task Events_late_and_doubled_leave_the_latest()
    {
        await TellAsync(Watched(Ann, 2, "b"), Watched(Ann, 1, "a"));
        await TellAsync(Watched(Ann, 1, "a"));
        await TellAsync(Watched(Ann, 2, "b"));

        Assert.Equal([$"{Ann} | EBAY_US?q=b | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task A_watched_query_is_known_before_it_was_searched_and_keeps_its_results_after()
    {
        await TellAsync(Watched(Ann, 0, "a"));
        Assert.Equal(["EBAY_US?q=a | EBAY_US | -"], await Database.RowsAsync("SELECT query, marketplace, last_seen FROM queries"));

        await Database.WriteAsync(Batch(1, Of(42)) with { Query = "EBAY_US?q=a" });
        await TellAsync(Watched(Ann, 2, "a"));
        Assert.Equal(["EBAY_US?q=a | 2026-03-14 09:27:53.589"], await Database.RowsAsync("SELECT query, last_seen FROM queries"));
    }

    static WatchedQueries Watched(string user, double minutes, params string[] phrases) => new()
    {
        UserId = user,
        At = Start.AddMinutes(minutes),
        Version = 1,
        Queries = [.. phrases.Select(phrase => $"EBAY_US?q={phrase}")],
        FrequencyMinutes = 2,
        Active = true,
    };

    Task TellAsync(params ImmutableArray<WatchedQueries> events) => Database.Subscriptions.WriteAsync(events, TestContext.Current.CancellationToken);

    async Task<string[]> WatchedAsync() =>
        [.. (await Database.RowsAsync(Rows)).Select(row => row.Replace("| True", "| 1", StringComparison.Ordinal).Replace("| False", "| 0", StringComparison.Ordinal))];
}
