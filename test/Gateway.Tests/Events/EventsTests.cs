using System.Text.Json;
using Alerts.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Events;

public sealed class EventsTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:MaxEventListeners"] = "2" });

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_service_learns_of_an_enrolment_news_a_change_and_an_erasure_in_their_order()
    {
        await using var reader = await EventReader.ConnectAsync(gateway);
        var ann = await gateway.EnrolAsync("events thing");
        await gateway.MailToAsync(ann.Email);
        await ann.Api.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 30 }""").IsAsync(200);

        var enrolled = await reader.NextOfAsync(ann.Id);
        var news = await reader.NextOfAsync(ann.Id);
        var changed = await reader.NextOfAsync(ann.Id);
        await ann.Api.DeleteAsync(ann.Url, Cancellation).IsAsync(204);
        var erased = await reader.NextOfAsync(ann.Id);

        Assert.Equal(["settings", "news", "settings", "erased"], new[] { enrolled, news, changed, erased }.Select(one => one.Type));
        Assert.Equal((1, "active"), (enrolled.Data.GetProperty("version").GetInt32(), enrolled.Data.Text("status")));
        Assert.Equal(2, changed.Data.GetProperty("version").GetInt32());
        Assert.NotEqual(0, news.Data.GetProperty("listings").GetArrayLength());
        Assert.All(news.Data.GetProperty("listings").EnumerateArray(), listing => Assert.Equal("listed", listing.Text("reason")));
        Assert.All(new[] { enrolled, news, changed, erased }, one => Assert.DoesNotContain("@", one.Data.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_goes_on_after_the_last_event_it_dealt_with_also_after_a_restart()
    {
        var ann = await gateway.EnrolAsync("events more");
        await gateway.MailToAsync(ann.Email);
        string first, second;
        await using (var reader = await EventReader.ConnectAsync(gateway))
        {
            first = (await reader.NextOfAsync(ann.Id)).Id;
            second = (await reader.NextOfAsync(ann.Id)).Id;
        }

        await using (var again = await EventReader.ConnectAsync(gateway, first))
            Assert.Equal(second, (await again.NextOfAsync(ann.Id)).Id);
        await gateway.RestartAsync();
        await using var restarted = await EventReader.ConnectAsync(gateway, first);
        Assert.Equal("alive", (await restarted.NextAsync()).EventType);
        Assert.Equal(second, (await restarted.NextOfAsync(ann.Id)).Id);
    }

    [Fact]
    public async Task A_reader_whose_place_is_gone_is_told_and_gets_all_that_is_kept()
    {
        var ann = await gateway.EnrolAsync("events gone");
        string place;
        await using (var reader = await EventReader.ConnectAsync(gateway))
            place = (await reader.NextOfAsync(ann.Id)).Id;
        gateway.Clock.Advance(EventLog.KeepFor + TimeSpan.FromMinutes(1));
        var log = gateway.Services.GetRequiredService<EventLog>();
        while (await log.DeleteOldAsync(100, Cancellation) > 0)
        {
        }

        var bob = await gateway.EnrolAsync("events kept");
        await using var late = await EventReader.ConnectAsync(gateway, place);

        Assert.Equal("missed", (await late.NextAsync()).EventType);
        Assert.Equal("settings", (await late.NextOfAsync(bob.Id)).Type);
        // So is one whose place there never was.
        await using var astray = await EventReader.ConnectAsync(gateway, "999-999");
        Assert.Equal("missed", (await astray.NextAsync()).EventType);
        Assert.Equal("settings", (await astray.NextOfAsync(bob.Id)).Type);
    }

    [Fact]
    public async Task Silence_is_broken_by_a_sign_of_life_without_a_place()
    {
        await using var reader = await EventReader.ConnectAsync(gateway);
        var item = await reader.NextAsync();
        while (item.EventId is not null || gateway.Clock.GetUtcNow() < new DateTimeOffset(2026, 3, 2, 9, 0, 15, TimeSpan.Zero))
            item = await reader.NextAsync();
        Assert.Equal(("alive", null), (item.EventType, item.EventId));
    }

    [Fact]
    public async Task More_listeners_than_there_are_places_are_told_to_come_later()
    {
        await using var one = await EventReader.ConnectAsync(gateway);
        await using (await EventReader.ConnectAsync(gateway))
        {
            using var refused = await gateway.Admin.GetAsync("/v1/events", Cancellation);
            Assert.Equal((503, 60), ((int)refused.StatusCode, (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        }

        // A place is free again once the gateway sees that its reader has gone.
        await gateway.UntilAsync(
            async () =>
            {
                gateway.Clock.Advance(TimeSpan.FromSeconds(15));
                using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
                using var answer = await gateway.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
                return (int)answer.StatusCode;
            },
            status => status == 200);
    }

    [Fact]
    public async Task Who_may_not_listen_or_names_no_place_is_told_at_once()
    {
        var ann = await gateway.EnrolAsync();
        await gateway.Anonymous.GetAsync("/v1/events", Cancellation).IsAsync(401);
        await ann.Api.GetAsync("/v1/events", Cancellation).IsAsync(403);
        Assert.Equal(["Last-Event-ID"], await gateway.Admin.SendAsync(HttpMethod.Get, "/v1/events", null, ("Last-Event-ID", "nowhere")).IsInvalidAsync());
        using var head = await gateway.Admin.SendAsync(HttpMethod.Head, "/v1/events");
        Assert.Equal(200, (int)head.StatusCode);
    }
}
