using Alerts.Settings;
using Alerts.SharedData.Subscriptions;
using Alerts.State;
using Alerts.Users;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.Users;

public class WatchingTests
{
    const string Ann = "u-0123456789abcdef0123456789abcdef";

    static readonly UserState user = new()
    {
        Settings = new() { Email = "ann@example.org", FrequencyMinutes = 10, Searches = [new SearchSettings { Phrase = "iPhone 13" }, new SearchSettings { Phrase = "IPHONE  13" }] },
        Version = 3, CreatedAt = Start, Phase = Start, NextDue = Start,
    };

    [Fact]
    public void Each_query_is_published_once_and_the_address_never()
    {
        var watched = Watching.Of(user, null, Ann, Start);

        Assert.Equal((Ann, Start, 3, 10, true), (watched.UserId, watched.At, watched.Version, watched.FrequencyMinutes, watched.Active));
        Assert.Equal(["EBAY_US?q=iphone%2013&sort=price"], watched.Queries);
        Assert.DoesNotContain("ann", watched.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_published_again_when_the_settings_or_the_status_changed_or_it_is_long_ago()
    {
        var published = Watching.Of(user, null, Ann, Start);

        Assert.False(Watching.NeedsPublishing(published, user, Start.AddHours(5.9)));
        Assert.True(Watching.NeedsPublishing(published, user, Start.AddHours(6)));
        Assert.True(Watching.NeedsPublishing(published, user with { Version = 4 }, Start));
        Assert.True(Watching.NeedsPublishing(published, user with { Status = UserStatus.Paused }, Start));
        Assert.True(Watching.NeedsPublishing(published, null, Start));
        Assert.True(Watching.NeedsPublishing(null, user, Start));
        Assert.False(Watching.NeedsPublishing(null, null, Start));
    }

    [Fact]
    public void A_deleted_user_watches_nothing()
    {
        var watched = Watching.Of(null, Watching.Of(user, null, Ann, Start), Ann, Start);

        Assert.Equal((0, false), (watched.Queries.Length, watched.Active));
    }

    [Fact]
    public void Users_activated_together_publish_again_spread_over_the_whole_time()
    {
        var times = Enumerable.Range(0, 600).Select(number => Start - Watching.PublishedBefore(user, $"u-{number:x32}", Start).At).ToList();

        Assert.All(times, time => Assert.InRange(time, TimeSpan.Zero, SettingsStream.PublishAgain));
        var sixths = times.CountBy(time => Math.Min(5, (int)(time / SettingsStream.PublishAgain * 6))).ToDictionary();
        Assert.Equal([0, 1, 2, 3, 4, 5], sixths.Keys.Order());
        Assert.All(sixths.Values, count => Assert.InRange(count, 60, 140));
    }
}
