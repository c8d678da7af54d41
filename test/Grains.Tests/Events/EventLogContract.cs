using System.Data.Common;
using Alerts.Events;
using Alerts.Sql;
using Alerts.State;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Events;

/// <summary>What the table of events promises on each database.</summary>
public abstract class EventLogContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Clock { get; } = new(Some.Noon);

    protected abstract SqlDialect Dialect { get; }

    protected abstract Task<DbDataSource> OpenAsync();

    [Fact]
    public async Task Events_come_in_the_order_they_were_written_page_by_page_and_each_once()
    {
        await using var database = await OpenAsync();
        var log = new EventLog(database, Dialect, Clock);
        await WriteAsync(database, [.. Enumerable.Range(1, 250)]);
        await WriteAsync(database, [.. Enumerable.Range(251, 200)]);

        var (place, all) = (default(EventPlace), new List<string>());
        while (await log.ReadAsync(place, Cancellation) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= EventLog.PageLimit);
            all.AddRange(page.Select(one => one.Data));
            place = page[^1].Place;
        }

        Assert.Equal(Enumerable.Range(1, 450).Select(Data), all);
    }

    [Fact]
    public async Task Readers_at_once_see_one_order()
    {
        await using var database = await OpenAsync();
        var logs = Enumerable.Range(0, 4).Select(_ => new EventLog(database, Dialect, Clock)).ToList();
        await WriteAsync(database, [.. Enumerable.Range(1, 30)]);
        var pages = await Task.WhenAll(logs.Select(log => log.ReadAsync(default, Cancellation)));
        Assert.All(pages, page => Assert.Equal(pages[0], page));
        Assert.Equal(Enumerable.Range(1, 30).Select(Data), pages[0].Select(one => one.Data));
    }

    [Fact]
    public async Task What_is_over_its_time_goes_and_its_place_is_not_there_any_more()
    {
        await using var database = await OpenAsync();
        var log = new EventLog(database, Dialect, Clock);
        await WriteAsync(database, 1, 2);
        var old = (await log.ReadAsync(default, Cancellation))[1].Place;
        Assert.True(await log.HasAsync(old, Cancellation));
        Clock.Advance(EventLog.KeepFor);
        await WriteAsync(database, 3);
        Assert.Equal(0, await log.DeleteOldAsync(10, Cancellation));

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await log.DeleteOldAsync(1, Cancellation));
        Assert.Equal(1, await log.DeleteOldAsync(10, Cancellation));
        Assert.False(await log.HasAsync(old, Cancellation));
        Assert.Equal([Data(3)], (await log.ReadAsync(old, Cancellation)).Select(one => one.Data));
        Clock.Advance(EventLog.KeepFor);
        Assert.Equal(1, await log.DeleteOldAsync(10, Cancellation));
        // Numbers go on after all are gone.
        await WriteAsync(database, 4);
        Assert.Equal([Data(4)], (await log.ReadAsync(old, Cancellation)).Select(one => one.Data));
    }

    [Fact]
    public async Task Of_an_erased_user_each_event_says_that_alone_and_keeps_its_place()
    {
        await using var database = await OpenAsync();
        var log = new EventLog(database, Dialect, Clock);
        await WriteAsync(database, 1, 2);
        await WriteAsync(database, "u-other", 3);
        var places = (await log.ReadAsync(default, Cancellation)).Select(one => one.Place);

        await log.EraseUserAsync(Some.AnnId, Cancellation);

        var kept = await log.ReadAsync(default, Cancellation);
        Assert.Equal(places, kept.Select(one => one.Place));
        Assert.Equal(["erased", "erased", "news"], kept.Select(one => one.Type));
        Assert.Equal([UserEvents.ErasedOf(Some.AnnId, Clock.GetUtcNow()).Data, kept[0].Data, Data(3)], kept.Select(one => one.Data));
    }

    [Theory]
    [InlineData("1-2", true)]
    [InlineData("0-0", true)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("1-", false)]
    [InlineData("-1-2", false)]
    [InlineData("1-2-3", false)]
    [InlineData("1-99999999999999999999", false)]
    public void A_place_is_two_numbers(string text, bool isPlace) => Assert.Equal(isPlace ? text : null, EventPlace.Parse(text)?.ToString());

    protected static string Data(int number) => $$"""{"number":{{number}}}""";

    protected UserEvent Event(int number) => new(Some.AnnId, Clock.GetUtcNow(), "news", Data(number));

    Task WriteAsync(DbDataSource database, params int[] numbers) => WriteAsync(database, Some.AnnId, numbers);

    async Task WriteAsync(DbDataSource database, string userId, params int[] numbers)
    {
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await EventLog.WriteAsync(connection, transaction, Dialect, numbers.Select(number => Event(number) with { UserId = userId }));
        await transaction.CommitAsync(Cancellation);
    }
}
