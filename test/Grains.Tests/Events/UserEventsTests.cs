using System.Text.Json;
using Alerts.Events;
using Alerts.Search;
using Alerts.SharedData.Products;
using Alerts.State;
using Alerts.Tests.Runs;
using Alerts.Users;
using Alerts.Users.Channels;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Events;

public class UserEventsTests
{
    static IReadOnlyList<string> Learnt(UserState? before, UserState after) =>
        [.. UserEvents.Of(AnnId, before, after, Noon).Select(InShort)];

    static string InShort(UserEvent told)
    {
        var data = JsonElement.Parse(told.Data);
        Assert.Equal((AnnId, Noon), (data.GetProperty("user").GetString(), data.GetProperty("at").GetDateTimeOffset()));
        return told.Type switch
        {
            "settings" => $"settings {data.GetProperty("version")} {data.GetProperty("status")}",
            "news" => "news " + string.Join(", ", data.GetProperty("listings").EnumerateArray().Select(listing =>
                $"{listing.GetProperty("reason")} {listing.GetProperty("itemId")}")),
            _ => told.Type,
        };
    }

    [Fact]
    public void An_enrolment_a_change_and_another_status_are_settings()
    {
        Assert.Equal(["settings 1 active"], Learnt(null, User()));
        Assert.Equal(["settings 2 active"], Learnt(User(), User() with { Version = 2 }));
        Assert.Equal(["settings 1 paused"], Learnt(User(), User() with { Status = UserStatus.Paused }));
        Assert.Empty(Learnt(User(), User() with { NextDue = Noon.AddHours(1) }));
    }

    [Fact]
    public void The_decision_to_erase_is_one_event_and_what_follows_is_none()
    {
        var erased = User() with { Erasing = true };
        Assert.Equal(["erased"], Learnt(User(), erased));
        Assert.Empty(Learnt(erased, erased with { Version = 2 }));
    }

    [Fact]
    public void News_is_learnt_when_a_message_names_it_and_not_again_while_that_waits()
    {
        var checks = new Checks();
        var before = checks.User;
        checks.Finds(Listing(1), Listing(2));
        var first = checks.User;
        Assert.Equal(["news listed v1|1|0, listed v1|2|0"], Learnt(before, first));

        checks.Finds(Listing(1), Listing(2), Listing(3, created: checks.Now));
        Assert.Equal(["news listed v1|3|0"], Learnt(first, checks.User));

        var waiting = checks.User;
        checks.Send();
        Assert.Empty(Learnt(waiting, checks.User));
    }

    [Fact]
    public void What_goes_to_a_channel_and_by_mail_is_learnt_once()
    {
        var checks = new Checks();
        checks.User = checks.User with
        {
            Channels = [new ChannelRecord { Id = "c-00000001", Kind = ChannelKind.Webhook, Name = "Hook", CreatedAt = Noon, Code = "code", CodeAt = Noon, State = ChannelState.Active, Protected = "x" }],
        };
        var before = checks.User;
        checks.Finds(Listing(1));
        Assert.NotNull(checks.User.Outbox);
        Assert.NotNull(checks.User.FindChannel("c-00000001")!.Outbox);
        Assert.Equal(["news listed v1|1|0"], Learnt(before, checks.User));

        var channel = checks.User.FindChannel("c-00000001")!;
        var sending = checks.User.WithChannel(channel with { Sending = channel.Outbox, Outbox = null });
        Assert.Empty(Learnt(checks.User, sending));
    }

    [Fact]
    public void News_has_the_searchs_name_in_the_shared_database()
    {
        var checks = new Checks();
        var before = checks.User;
        checks.Finds(Listing(1));
        var data = JsonElement.Parse(Assert.Single(UserEvents.Of(AnnId, before, checks.User, Noon)).Data);
        Assert.Equal(QueryIdentity.IdOf(SearchQuery.KeyOf(checks.Search, "en")), data.GetProperty("query").GetString());
        Assert.Equal(checks.Search.Id, data.GetProperty("search").GetString());
        Assert.Equal("EBAY_US", data.GetProperty("marketplace").GetString());
    }
}
