using Alerts.Configuration;
using Alerts.Runs;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;
using CsCheck;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

public class ScheduleTests
{
    static readonly TimeSpan period = AlertsOptions.StandardReminderPeriod;

    static DateTimeOffset Utc(string moment) => DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);

    static UserState Every(int minutes) => User(Choosing() with { FrequencyMinutes = minutes });

    static NotificationSection Section(NewsKind kind = NewsKind.New) => new()
    {
        SearchId = "s-00000001", Phrase = "iphone 13", Marketplace = "EBAY_US", FetchedAt = Noon, Total = 1,
        Items = [new NewsItem { Kind = kind, Listing = Listing(1) }],
    };

    [Fact]
    public void A_check_is_due_from_its_moment_on_and_a_tick_may_be_two_seconds_early()
    {
        var user = User() with { NextDue = Noon };
        Assert.False(Schedule.IsDue(user, Noon.AddSeconds(-2.001)));
        Assert.True(Schedule.IsDue(user, Noon.AddSeconds(-2)));
        Assert.True(Schedule.IsDue(user, Noon.AddDays(3)));
    }

    [Fact]
    public void Who_is_moved_to_another_second_is_checked_no_later_and_then_at_the_old_distance() =>
        Gen.Select(Gen.Int[1, 7200], Gen.Int[1, 120], Gen.OneOf(Gen.Const(2), Gen.Const(10), Gen.Const(20), Gen.Const(1440))).Sample((dueIn, tickIn, minutes) =>
        {
            var user = Every(minutes) with { NextDue = Noon.AddSeconds(dueIn) };
            var moved = Schedule.Moved(user, Noon.AddSeconds(tickIn), period);
            // The tick that serves it: the first of the new grid at which it is due.
            var tick = Noon.AddSeconds(tickIn);
            while (!Schedule.IsDue(moved, tick))
                tick += period;
            var late = dueIn < tickIn ? tickIn - dueIn : 0;
            var next = Schedule.NextDue(moved, tick, period);
            return tick <= user.NextDue.AddSeconds(late)
                && (next - Noon.AddSeconds(tickIn)).Ticks % period.Ticks == 0
                && next - tick <= TimeSpan.FromMinutes(minutes) && next - tick >= TimeSpan.FromMinutes(minutes) - period && next > tick;
        });

    [Theory]
    [InlineData(UserStatus.Paused)]
    [InlineData(UserStatus.Unconfirmed)]
    [InlineData(UserStatus.Suppressed)]
    public void Who_is_not_served_is_never_due(UserStatus status) =>
        Assert.False(Schedule.IsDue(User() with { Status = status }, Noon.AddDays(1)));

    [Fact]
    public void Who_snoozes_is_due_when_the_snooze_ends()
    {
        var user = User() with { Status = UserStatus.Snoozed, SnoozedUntil = Noon.AddHours(1) };
        Assert.False(Schedule.IsDue(user, Noon.AddMinutes(59)));
        Assert.True(Schedule.IsDue(user, Noon.AddHours(1)));
    }

    [Theory]
    [InlineData(2, 0, 2)]
    [InlineData(2, 0.5, 2)]
    [InlineData(2, 2, 4)]
    [InlineData(2, 1.99, 4)] // An early tick makes its own check, not the one after it.
    [InlineData(10, 0, 10)]
    [InlineData(10, 9, 10)]
    [InlineData(10, 47, 50)] // However many were missed, one makes up for them, and the grid stays.
    [InlineData(1440, 2, 1440)]
    public void The_next_check_lies_on_the_grid(int frequency, double minutesNow, double minutesNext) =>
        Assert.Equal(Noon.AddMinutes(minutesNext), Schedule.NextDue(Every(frequency), Noon.AddMinutes(minutesNow), period));

    [Fact]
    public void A_shorter_reminder_period_scales_the_frequency() =>
        Assert.Equal(Noon.AddSeconds(25), Schedule.NextDue(Every(10), Noon.AddSeconds(1), TimeSpan.FromSeconds(5)));

    [Fact]
    public void Before_the_first_moment_of_the_grid_that_is_the_next() =>
        Assert.Equal(Noon, Schedule.NextDue(Every(10), Noon.AddMinutes(-3), period));

    [Fact]
    public void However_ticks_come_each_interval_has_one_check() =>
        Gen.Select(Gen.Int[0, 4].Select(at => new[] { 2, 10, 20, 30, 60 }[at]), Gen.Double[-1.9, 20].Array[1, 200], Gen.Bool.Array[200]).Sample((frequency, lateness, isLost) =>
        {
            var user = Every(frequency);
            var checks = new List<long>();
            for (var tick = 0; tick < lateness.Length; tick++)
            {
                var now = user.Phase + period * tick + TimeSpan.FromSeconds(lateness[tick]);
                // Doubled ticks are harmless, so every tick comes twice, unless it is lost.
                for (var twice = 0; twice < 2 && !isLost[tick]; twice++)
                {
                    if (!Schedule.IsDue(user, now))
                        continue;
                    checks.Add(tick * 2 / frequency);
                    user = user with { NextDue = Schedule.NextDue(user, now, period) };
                }
            }

            // One check at most in an interval, and one in each that had a tick left.
            Assert.Equal(Enumerable.Range(0, lateness.Length).Where(tick => !isLost[tick]).Select(tick => (long)(tick * 2 / frequency)).Distinct(), checks);
        });

    [Theory]
    [InlineData("2026-11-23T20:59Z", false)]
    [InlineData("2026-11-23T21:00Z", true)] // 22:00 in Berlin
    [InlineData("2026-11-24T05:59Z", true)]
    [InlineData("2026-11-24T06:00Z", false)]
    [InlineData("2026-07-01T04:59Z", true)] // Summer time: 06:59
    [InlineData("2026-07-01T05:00Z", false)]
    public void Quiet_hours_follow_the_clock_of_the_user(string moment, bool isQuiet)
    {
        var user = User(Choosing() with { TimeZone = "Europe/Berlin", QuietHours = new QuietHours { From = 22, To = 7 } });
        Assert.Equal(!isQuiet, Schedule.IsReleased(user, Utc(moment)));
    }

    [Theory]
    // The clock in New York goes from 2:00 to 3:00 on 8 March 2026, and from 2:00 back to 1:00 on 1 November.
    [InlineData("America/New_York", 2, "2026-03-07T12:00Z", "2026-03-08T07:00Z")] // skipped: at 3:00, the moment it skips to
    [InlineData("America/New_York", 2, "2026-03-08T07:00Z", "2026-03-09T06:00Z")]
    [InlineData("America/New_York", 1, "2026-10-31T12:00Z", "2026-11-01T05:00Z")] // shown twice: the first
    [InlineData("America/New_York", 1, "2026-11-01T05:00Z", "2026-11-02T06:00Z")] // and not again an hour later
    [InlineData("Europe/Berlin", 8, "2026-10-24T06:00Z", "2026-10-25T07:00Z")] // 25 hours
    [InlineData("Europe/Berlin", 8, "2026-03-28T07:00Z", "2026-03-29T06:00Z")] // 23 hours
    [InlineData("Australia/Lord_Howe", 2, "2026-10-03T12:00Z", "2026-10-03T15:30Z")] // skips half an hour only
    [InlineData("Africa/Cairo", 0, "2026-04-23T12:00Z", "2026-04-23T22:00Z")] // skips midnight
    [InlineData("Nowhere/Lost", 8, "2026-03-28T09:00Z", "2026-03-29T08:00Z")]
    public void The_digest_hour_comes_once_a_day_whatever_the_clock_does(string zone, int hour, string after, string expected)
    {
        var user = User(Choosing() with { Notify = NotifyMode.Digest, TimeZone = zone, DigestHour = hour })
            with { WaitingSince = Utc(after) };
        var digest = Utc(expected);
        Assert.False(Schedule.IsReleased(user, digest.AddSeconds(-1)));
        Assert.True(Schedule.IsReleased(user, digest));
    }

    [Fact]
    public void First_results_do_not_wait_for_the_digest_hour()
    {
        var user = User(Choosing() with { Notify = NotifyMode.Digest });
        Assert.True(Schedule.IsReleased(user, Noon, isFirst: true));
        Assert.False(Schedule.IsReleased(user, Noon));
    }

    [Fact]
    public void News_that_waits_makes_a_check_due_when_it_may_be_said()
    {
        var daily = Choosing() with { FrequencyMinutes = 1440, QuietHours = new QuietHours { From = 11, To = 14 } };
        var user = User(daily) with { WaitingSince = Noon };
        Assert.Equal(Noon.AddHours(2), Schedule.NextDue(user, Noon, period));
        var digest = User(daily with { QuietHours = null, Notify = NotifyMode.Digest, DigestHour = 18 }) with { WaitingSince = Noon };
        Assert.Equal(Noon.AddHours(6), Schedule.NextDue(digest, Noon, period));
        var limited = User(daily with { QuietHours = null, MailsPerDay = 3 }) with
        {
            WaitingSince = Noon, MailDay = new DateOnly(2026, 11, 23), MailsOfDay = 3,
        };
        Assert.Equal(Noon.AddHours(12), Schedule.NextDue(limited, Noon, period));
    }

    [Fact]
    public void News_held_back_by_another_mail_is_tried_at_the_next_tick()
    {
        var user = Every(1440) with { WaitingSince = Noon };
        Assert.Equal(Noon.AddMinutes(4), Schedule.NextDue(user, Noon.AddMinutes(3), period));
    }

    [Fact]
    public void A_list_of_everything_is_not_looked_for_in_quiet_hours()
    {
        var user = User(Choosing() with { Notify = NotifyMode.EveryCheck, QuietHours = new QuietHours { From = 13, To = 15 } });
        Assert.Equal(Noon.AddMinutes(58), Schedule.NextDue(user, Noon.AddMinutes(56), period));
        Assert.Equal(Noon.AddHours(3), Schedule.NextDue(user, Noon.AddMinutes(58), period));
    }

    [Fact]
    public void The_limit_of_a_day_ends_with_the_day_of_the_user()
    {
        var user = User(Choosing() with { MailsPerDay = 2, TimeZone = "Asia/Tokyo" }) with { MailDay = new DateOnly(2026, 11, 23), MailsOfDay = 2 };
        Assert.False(Schedule.IsReleased(user, Utc("2026-11-23T14:59Z")));
        Assert.True(Schedule.IsReleased(user, Utc("2026-11-23T15:00Z")));
        Assert.True(Schedule.IsReleased(user with { MailsOfDay = 1 }, Utc("2026-11-23T14:59Z")));
    }

    [Fact]
    public void An_alert_is_sent_only_to_who_is_served_when_it_is_due_outside_quiet_hours_and_while_it_is_current()
    {
        var alert = new OutboxEntry { Notification = new Notification { Id = "u.1", Kind = NotificationKind.Changes, CreatedAt = Noon, Sections = [Section()] } };
        var user = User() with { Outbox = alert };
        Assert.True(Schedule.MaySend(user, Noon));
        Assert.False(Schedule.MaySend(user with { Outbox = null }, Noon));
        Assert.False(Schedule.MaySend(user with { Status = UserStatus.Paused }, Noon));
        Assert.False(Schedule.MaySend(user with { Outbox = alert with { NextAttemptAt = Noon.AddSeconds(1) } }, Noon));
        Assert.False(Schedule.MaySend(user with { Settings = user.Settings with { QuietHours = new QuietHours { From = 12, To = 13 } } }, Noon));
        Assert.True(Schedule.MaySend(user, Noon.AddHours(6).AddTicks(-1)));
        Assert.False(Schedule.MaySend(user, Noon.AddHours(6)));
    }

    [Fact]
    public void A_check_put_off_by_a_clock_that_was_wrong_is_due_at_once()
    {
        var user = Every(2) with { NextDue = Noon.AddDays(365) };
        Assert.True(Schedule.IsDue(user, Noon));
        Assert.False(Schedule.IsDue(user with { NextDue = Noon.AddDays(1) }, Noon));
        var alert = new OutboxEntry { Notification = new Notification { Id = "u.1", Kind = NotificationKind.Goodbye, CreatedAt = Noon } };
        Assert.True((alert with { NextAttemptAt = Noon.AddDays(365) }).IsReady(Noon));
        Assert.False((alert with { NextAttemptAt = Noon.AddMinutes(75) }).IsReady(Noon));
    }
}
