using System.Data.Common;
using Alerts.Mail.Log;
using Alerts.Sql;
using Alerts.State;
using Alerts.State.Notifications;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Mail;

/// <summary>What the delivery log promises on each database.</summary>
public abstract class DeliveryLogContract
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract SqlDialect Dialect { get; }

    protected abstract Task<DbDataSource> OpenAsync();

    [Fact]
    public async Task Records_of_a_thousand_callers_at_once_are_all_there_in_a_few_inserts()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);

        await Task.WhenAll(Enumerable.Range(1, 1_000).Select(number => log.RecordAsync(Record(number))));

        var all = new List<DeliveryRecord>();
        for (DeliveryRecord? last = null; all.Count < 1_000; last = all[^1])
            all.AddRange(await log.ListAsync(Mails.AnnId, last, 170, Cancellation));
        Assert.Equal(Enumerable.Range(1, 1_000).Reverse().Select(Record), all);
        Assert.Empty(await log.ListAsync(Mails.AnnId, all[^1], 170, Cancellation));
    }

    [Fact]
    public async Task Mails_and_the_messages_to_each_channel_are_listed_apart()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        var (mail, one, other) = (Record(1), Record(2) with { NotificationId = $"{Mails.AnnId}.2.c-00000001" }, Record(3) with { NotificationId = $"{Mails.AnnId}.3.c-00000002~" });

        await Task.WhenAll(log.RecordAsync(mail), log.RecordAsync(one), log.RecordAsync(other));

        Assert.Equal([mail], await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation));
        Assert.Equal([one], await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation, "c-00000001"));
        Assert.Equal([other], await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation, "c-00000002"));
    }

    [Fact]
    public async Task What_a_message_said_is_there_until_it_may_not_be_shown_and_then_the_ids_of_its_listings()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        var content = DeliveredContent.Of(SampleMails.Of("Changes").Notification)!;
        await Task.WhenAll(log.RecordAsync(Record(1), content), log.RecordAsync(Record(2)));
        var last = content.Until - TimeSpan.FromMilliseconds(1);

        var found = await log.FindAsync(Mails.AnnId, Record(1).NotificationId, last, Cancellation);
        Assert.Equal((Record(1), content.Until), (found!.Record, found.ContentUntil));
        Assert.Equal(content.ItemIds, found.ItemIds);
        Assert.Equal(content.Searches.SelectMany(search => search.Listings), found.Searches!.Value.SelectMany(search => search.Listings));
        Assert.Equal(0, await log.ForgetContentAsync(last, 10, Cancellation));
        // Before the hourly deletion came, and after.
        Assert.Null((await log.FindAsync(Mails.AnnId, Record(1).NotificationId, content.Until, Cancellation))!.Searches);
        Assert.Equal(1, await log.ForgetContentAsync(content.Until, 10, Cancellation));
        var later = await log.FindAsync(Mails.AnnId, Record(1).NotificationId, last, Cancellation);
        Assert.Null(later!.Searches);
        Assert.Equal(content.ItemIds, later.ItemIds);
        Assert.Empty((await log.FindAsync(Mails.AnnId, Record(2).NotificationId, last, Cancellation))!.ItemIds);
        Assert.Null(await log.FindAsync("u-other", Record(1).NotificationId, last, Cancellation));
    }

    [Fact]
    public async Task A_record_made_twice_is_there_once()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);

        await log.RecordAsync(Record(1));
        await log.RecordAsync(Record(1) with { Attempts = 2 });

        Assert.Equal([Record(1) with { Attempts = 2 }], await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation));
    }

    [Fact]
    public async Task Only_what_was_recorded_was_accepted_and_case_matters()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        await log.RecordAsync(Record(1));

        Assert.True(await log.WasAcceptedAsync(Record(1).NotificationId, Cancellation));
        Assert.False(await log.WasAcceptedAsync(Record(1).NotificationId.ToUpperInvariant(), Cancellation));
        Assert.False(await log.WasAcceptedAsync(Record(2).NotificationId, Cancellation));
    }

    [Fact]
    public async Task Mails_of_the_same_moment_are_paged_without_a_gap_or_a_repeat()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        foreach (var number in Enumerable.Range(1, 5))
            await log.RecordAsync(Record(number) with { AcceptedAt = Mails.Now });

        var first = await log.ListAsync(Mails.AnnId, after: null, 2, Cancellation);
        var second = await log.ListAsync(Mails.AnnId, first[^1], 2, Cancellation);
        var third = await log.ListAsync(Mails.AnnId, second[^1], 2, Cancellation);

        Assert.Equal(
            ["n00005", "n00004", "n00003", "n00002", "n00001"],
            first.Concat(second).Concat(third).Select(record => record.NotificationId));
    }

    [Fact]
    public async Task A_deleted_users_mails_are_gone_and_anothers_stay()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        await log.RecordAsync(Record(1));
        await log.RecordAsync(Record(2) with { UserId = "u-other" });

        await log.DeleteUserAsync(Mails.AnnId, except: null, Cancellation);

        Assert.Empty(await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation));
        Assert.Single(await log.ListAsync("u-other", after: null, 10, Cancellation));
    }

    [Fact]
    public async Task The_goodbye_of_a_deleted_user_is_remembered_until_it_is_no_longer_needed()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        await log.RecordAsync(Record(1));
        await log.RecordAsync(Record(2));

        await log.DeleteUserAsync(Mails.AnnId, except: Record(2).NotificationId, Cancellation);

        Assert.Equal([Record(2)], await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation));
    }

    [Fact]
    public async Task Records_over_their_time_are_deleted_in_batches_oldest_first_while_others_are_written()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        var options = Mails.Settings();
        var clock = new FakeTimeProvider(Mails.Now + options.KeepDeliveryLog + TimeSpan.FromMilliseconds(600));
        using var retention = new DeliveryLogRetention(log, Options.Create(options), clock, NullLogger<DeliveryLogRetention>.Instance);
        await Task.WhenAll(Enumerable.Range(1, 700).Select(number => log.RecordAsync(Record(number))));

        Assert.Equal(2, await log.DeleteBeforeAsync(Mails.Now.AddDays(1), 2, Cancellation));
        Assert.False(await log.WasAcceptedAsync(Record(2).NotificationId, Cancellation));
        Assert.True(await log.WasAcceptedAsync(Record(3).NotificationId, Cancellation));
        var writers = Enumerable.Range(701, 300).Select(number => log.RecordAsync(Record(number))).ToList();
        // At the very end of its time a record is still there.
        Assert.Equal(597, await retention.RunAsync(Cancellation));

        await Task.WhenAll(writers);
        var left = await log.ListAsync(Mails.AnnId, after: null, 200, Cancellation);
        Assert.Equal(Record(1_000), left[0]);
        Assert.True(await log.WasAcceptedAsync(Record(600).NotificationId, Cancellation));
        Assert.False(await log.WasAcceptedAsync(Record(599).NotificationId, Cancellation));
        Assert.Equal(0, await retention.RunAsync(Cancellation));
    }

    [Fact]
    public async Task A_record_that_the_database_refuses_fails_its_caller_and_not_the_next()
    {
        await using var database = await OpenAsync();
        await using var log = new DeliveryLog(database, Dialect);
        await ExecuteAsync(database, "ALTER TABLE delivery_log RENAME TO away");

        await Assert.ThrowsAnyAsync<DbException>(() => log.RecordAsync(Record(1)));
        await ExecuteAsync(database, "ALTER TABLE away RENAME TO delivery_log");
        await log.RecordAsync(Record(2));

        Assert.Equal([Record(2)], await log.ListAsync(Mails.AnnId, after: null, 10, Cancellation));
    }

    protected static DeliveryRecord Record(int number) => new(
        $"n{number:00000}", Mails.AnnId, NotificationKind.Changes, $"{number} new: Röhrenradio 🎵", Mails.Now.AddMilliseconds(number), 1);

    static async Task ExecuteAsync(DbDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
