using System.Data.Common;
using Alerts.Sql;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Cluster.Tests;

/// <summary>What Orleans expects of the queries that keep reminders, asked through its own reminder table.</summary>
public abstract class RemindersContract(SiloFixture silo) : IAsyncLifetime
{
    static readonly TimeSpan Period = TimeSpan.FromMinutes(2);

    IReminderTable table = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        table = (await silo.ServicesAsync(Cancel)).GetRequiredService<IReminderTable>();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_reminder_comes_back_as_it_was_stored_to_the_microsecond()
    {
        var stored = Reminder(NewUser(), Period);
        stored.StartAt = new DateTime(2026, 10, 25, 0, 59, 59, DateTimeKind.Utc).AddTicks(1_234_560);
        var etag = await table.UpsertRow(stored, Cancel);

        var read = await table.ReadRow(stored.GrainId, stored.ReminderName, Cancel);
        Assert.NotNull(read);
        Assert.Equal(stored.GrainId, read.GrainId);
        Assert.Equal(stored.ReminderName, read.ReminderName);
        Assert.Equal(stored.StartAt, read.StartAt);
        Assert.Equal(DateTimeKind.Utc, read.StartAt.Kind);
        Assert.Equal(stored.Period, read.Period);
        Assert.Equal(etag, read.ETag);
    }

    [Fact]
    public async Task A_period_longer_than_a_32_bit_count_of_milliseconds_is_kept()
    {
        var stored = Reminder(NewUser(), TimeSpan.FromDays(60));
        await table.UpsertRow(stored, Cancel);
        Assert.Equal(TimeSpan.FromDays(60), (await table.ReadRow(stored.GrainId, stored.ReminderName, Cancel))!.Period);
    }

    [Fact]
    public async Task Storing_a_reminder_again_replaces_it_under_a_new_ETag()
    {
        var reminder = Reminder(NewUser(), Period);
        var first = await table.UpsertRow(reminder, Cancel);
        reminder.Period = Period * 5;
        reminder.StartAt = reminder.StartAt.AddSeconds(1);
        var second = await table.UpsertRow(reminder, Cancel);
        Assert.NotEqual(first, second);

        var row = Assert.Single((await table.ReadRows(reminder.GrainId, Cancel)).Reminders);
        Assert.Equal(second, row.ETag);
        Assert.Equal(reminder.Period, row.Period);
        Assert.Equal(reminder.StartAt, row.StartAt);
    }

    [Fact]
    public async Task Removing_needs_the_current_ETag()
    {
        var reminder = Reminder(NewUser(), Period);
        var old = (await table.UpsertRow(reminder, Cancel))!;
        var current = (await table.UpsertRow(reminder, Cancel))!;

        Assert.False(await table.RemoveRow(reminder.GrainId, reminder.ReminderName, old, Cancel));
        Assert.NotNull(await table.ReadRow(reminder.GrainId, reminder.ReminderName, Cancel));
        Assert.True(await table.RemoveRow(reminder.GrainId, reminder.ReminderName, current, Cancel));
        Assert.Null(await table.ReadRow(reminder.GrainId, reminder.ReminderName, Cancel));
        Assert.False(await table.RemoveRow(reminder.GrainId, reminder.ReminderName, current, Cancel));
    }

    [Fact]
    public async Task A_reminder_registered_anew_does_not_get_its_predecessors_ETag()
    {
        var reminder = Reminder(NewUser(), Period);
        var first = (await table.UpsertRow(reminder, Cancel))!;
        await table.RemoveRow(reminder.GrainId, reminder.ReminderName, first, Cancel);
        Assert.NotEqual(first, await table.UpsertRow(reminder, Cancel));
    }

    [Fact]
    public async Task A_grains_reminders_are_its_own_whatever_the_case_of_its_key()
    {
        var key = $"u-{Guid.NewGuid():N}";
        var lower = GrainId.Create("user", key + "a");
        var upper = GrainId.Create("user", key + "A");
        await table.UpsertRow(Reminder(lower, Period, "check"), Cancel);
        await table.UpsertRow(Reminder(lower, Period, "Check"), Cancel);
        await table.UpsertRow(Reminder(upper, Period, "check"), Cancel);

        Assert.Equal(["Check", "check"], (await table.ReadRows(lower, Cancel)).Reminders.Select(row => row.ReminderName).Order(StringComparer.Ordinal));
        Assert.Equal(["check"], (await table.ReadRows(upper, Cancel)).Reminders.Select(row => row.ReminderName));
        Assert.Null(await table.ReadRow(upper, "Check", Cancel));
    }

    [Fact]
    public async Task A_range_holds_what_lies_after_its_begin_up_to_its_end_around_the_whole_ring()
    {
        var users = Enumerable.Range(0, 300).Select(_ => NewUser()).ToList();
        foreach (var user in users)
            await table.UpsertRow(Reminder(user, Period), Cancel);
        var some = users[0].GetUniformHashCode();
        var other = users[1].GetUniformHashCode();

        (uint Begin, uint End)[] ranges =
        [
            (0, uint.MaxValue), (0, 0), (some, some), (uint.MaxValue, uint.MaxValue), (int.MaxValue, int.MaxValue), // all, or all but one
            (some - 1, some), (some, some + 1), (some, other), (other, some), // exact ends
            (0, int.MaxValue), (int.MaxValue, uint.MaxValue), // halves of the ring
            (int.MaxValue - 1000u, int.MaxValue + 1000u), // where the signed number turns
            (uint.MaxValue - (1u << 30), 1u << 30), ((1u << 31) + 5, (1u << 31) - 5), // around the end
            (1u << 29, 1u << 30), (3u << 30, (3u << 30) + (1 << 28)),
        ];
        foreach (var (begin, end) in ranges)
        {
            var expected = users.Where(user => Lies(user.GetUniformHashCode(), begin, end));
            var rows = (await table.ReadRows(begin, end, Cancel)).Reminders.Select(row => row.GrainId).Where(users.Contains).ToList();
            Assert.True(expected.OrderBy(user => user).SequenceEqual(rows.OrderBy(user => user)), $"({begin}, {end}] holds {rows.Count} rows");
        }
    }

    [Fact]
    public async Task Rows_of_a_range_are_whole()
    {
        var stored = Reminder(NewUser(), Period);
        var etag = await table.UpsertRow(stored, Cancel);
        var hash = stored.GrainId.GetUniformHashCode();
        foreach (var (begin, end) in ((uint, uint)[])[(hash - 1, hash), (hash + 1, hash)])
        {
            var row = Assert.Single((await table.ReadRows(begin, end, Cancel)).Reminders, row => row.GrainId == stored.GrainId);
            Assert.Equal((stored.ReminderName, stored.StartAt, stored.Period, etag), (row.ReminderName, row.StartAt, row.Period, row.ETag));
        }
    }

    [Fact]
    public async Task Clearing_the_table_removes_the_reminders_of_its_service_alone()
    {
        // The other tests of this class run one after the other with this one and read what they have just written.
        var mine = Reminder(NewUser(), Period);
        await table.UpsertRow(mine, Cancel);
        var source = (await silo.ServicesAsync(Cancel)).GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Alerts);
        await using (var connection = await source.OpenConnectionAsync(Cancel))
            await connection.ExecuteAsync("""
                INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, GrainHash, StartTime, Period, Version)
                VALUES ('other', 'user/u-other', 'check', 1, '2026-11-23 12:00:00', 120000, 1)
                """);

        await table.TestOnlyClearTable(Cancel);
        Assert.Empty((await table.ReadRows(0, 0, Cancel)).Reminders);
        await using var after = await source.OpenConnectionAsync(Cancel);
        Assert.Equal(["other"], await after.QueryAsync<string>("SELECT ServiceId FROM OrleansRemindersTable"));
    }

    /// <summary>Whether a hash lies in (begin, end] on the ring; equal ends are the whole ring.</summary>
    static bool Lies(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    static GrainId NewUser() => GrainId.Create("user", $"u-{Guid.NewGuid():N}");

    // They start in a century: the silo, whose table this is, would serve them, find nobody enrolled under their ids and delete them.
    static ReminderEntry Reminder(GrainId grain, TimeSpan period, string name = "check") => new()
    {
        GrainId = grain,
        ReminderName = name,
        StartAt = new DateTime(2126, 11, 23, 12, 0, 0, 250, DateTimeKind.Utc),
        Period = period,
    };
}
