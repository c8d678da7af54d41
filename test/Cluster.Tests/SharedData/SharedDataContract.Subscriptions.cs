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
        await PublishAsync(Watched(Ann, 0, "a", "b"), Watched(Bob, 0, "b") with { FrequencyMinutes = 60, Active = false });

        Assert.Equal([$"{Ann} | EBAY_US?q=a | 2 | 1", $"{Ann} | EBAY_US?q=b | 2 | 1", $"{Bob} | EBAY_US?q=b | 60 | 0"], await WatchedAsync());
    }

    [Fact]
    public async Task What_a_user_watches_no_longer_is_gone()
    {
        await PublishAsync(Watched(Ann, 0, "a", "b"), Watched(Bob, 0, "a"));
        await PublishAsync(Watched(Ann, 1, "b", "c") with { Active = false });

        Assert.Equal([$"{Ann} | EBAY_US?q=b | 2 | 0", $"{Ann} | EBAY_US?q=c | 2 | 0", $"{Bob} | EBAY_US?q=a | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task A_deleted_user_watches_nothing()
    {
        await PublishAsync(Watched(Ann, 0, "a"), Watched(Bob, 0, "a"));
        await PublishAsync(Watched(Ann, 1));

        Assert.Equal([$"{Bob} | EBAY_US?q=a | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task Events_late_and_doubled_leave_the_latest()
    {
        await PublishAsync(Watched(Ann, 2, "b"), Watched(Ann, 1, "a"));
        await PublishAsync(Watched(Ann, 1, "a"));
        await PublishAsync(Watched(Ann, 2, "b"));

        Assert.Equal([$"{Ann} | EBAY_US?q=b | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task A_newer_setting_counts_though_the_clock_of_its_silo_is_behind()
    {
        await PublishAsync(Watched(Ann, 5, "a") with { Version = 1 });
        await PublishAsync(Watched(Ann, 0, "b") with { Version = 2 });

        Assert.Equal([$"{Ann} | EBAY_US?q=b | 2 | 1"], await WatchedAsync());
    }

    [Fact]
    public async Task Of_one_version_what_came_last_counts_though_the_clock_of_its_silo_is_behind()
    {
        await PublishAsync(Watched(Ann, 5, "a") with { Version = 1 });
        await PublishAsync(Watched(Ann, 0, "a") with { Version = 1, Active = false });

        Assert.Equal([$"{Ann} | EBAY_US?q=a | 2 | 0"], await WatchedAsync());
    }

    /// <summary>One user at a time and a whole delivery, at and past the rows and parameters that one statement takes.</summary>
    [Theory, InlineData(1, 1), InlineData(1, 40), InlineData(1, 41), InlineData(1, 501), InlineData(41, 13), InlineData(64, 200)]
    public async Task Users_of_any_number_of_searches_are_written_and_written_again(int users, int searches)
    {
        var events = Enumerable.Range(0, users)
            .Select(user => Watched($"u-{user:x32}", 0, [.. Enumerable.Range(0, searches).Select(search => $"{user}-{search}")]))
            .ToImmutableArray();

        await PublishAsync(events);
        await PublishAsync([.. events.Select(watched => watched with { Version = 2, Queries = watched.Queries[..^1] })]);

        var rows = await Database.RowsAsync("SELECT COUNT(*), COUNT(DISTINCT user_id) FROM subscriptions");
        Assert.Equal([searches > 1 ? $"{users * (searches - 1)} | {users}" : "0 | 0"], rows);
    }

    /// <summary>The longest query that a search's settings allow has 16,810 characters.</summary>
    [Fact]
    public async Task Queries_of_the_greatest_length_are_cut_into_statements_that_a_server_takes()
    {
        var longest = new string('q', 16_800);

        await PublishAsync([.. Enumerable.Range(0, 100).Select(user => Watched($"u-{user:x32}", 0, [.. Enumerable.Range(0, 10).Select(search => $"{longest}{user}-{search}")]))]);

        Assert.Equal(["1000"], await Database.RowsAsync("SELECT COUNT(*) FROM subscriptions"));
    }

    [Fact]
    public async Task A_watched_query_is_known_before_it_was_searched_and_keeps_its_results_after()
    {
        await PublishAsync(Watched(Ann, 0, "a"));
        Assert.Equal(["EBAY_US?q=a | EBAY_US | -"], await Database.RowsAsync("SELECT query, marketplace, last_seen FROM queries"));

        await Database.WriteAsync(Batch(1, Of(42)) with { Query = "EBAY_US?q=a" });
        await PublishAsync(Watched(Ann, 2, "a"));
        Assert.Equal(["EBAY_US?q=a | 2026-03-14 09:27:53.589"], await Database.RowsAsync("SELECT query, last_seen FROM queries"));
    }

    static WatchedQueries Watched(string user, double minutes, params string[] phrases) => new()
    {
        UserId = user,
        At = Start.AddMinutes(minutes),
        Version = 1 + (int)minutes,
        Queries = [.. phrases.Select(phrase => $"EBAY_US?q={phrase}")],
        FrequencyMinutes = 2,
        Active = true,
    };

    Task PublishAsync(params ImmutableArray<WatchedQueries> events) => Database.Subscriptions.WriteAsync(events, TestContext.Current.CancellationToken);

    async Task<string[]> WatchedAsync() =>
        [.. (await Database.RowsAsync(Rows)).Select(row => row.Replace("| True", "| 1", StringComparison.Ordinal).Replace("| False", "| 0", StringComparison.Ordinal))];
}
