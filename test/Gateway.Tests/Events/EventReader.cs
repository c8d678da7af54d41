using System.Net.ServerSentEvents;
using System.Text.Json;
using Alerts.Gateway.Events;

namespace Alerts.Gateway.Tests.Events;

/// <summary>A service that listens, as one of the documented parsers reads the stream.</summary>
sealed class EventReader : IAsyncDisposable
{
    readonly TestGateway gateway;
    readonly HttpResponseMessage response;
    readonly IAsyncEnumerator<SseItem<string>> items;

    EventReader(TestGateway gateway, HttpResponseMessage response, Stream stream)
    {
        (this.gateway, this.response) = (gateway, response);
        items = SseParser.Create(stream).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EventReader> ConnectAsync(TestGateway gateway, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        if (after is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", after);
        var response = await gateway.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new EventReader(gateway, response, await response.Content.ReadAsStreamAsync(Cancellation));
    }

    /// <summary>The next item. The stream asks for more once a second, by the gateway's clock, which goes on by a second a request here.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        var moved = items.MoveNextAsync().AsTask();
        await gateway.UntilAsync(
            async () =>
            {
                gateway.Clock.Advance(EventStream.Period);
                using var answer = await gateway.Anonymous.GetAsync("/health/live", Cancellation);
                return moved.IsCompleted;
            },
            isCompleted => isCompleted);
        Assert.True(await moved);
        return items.Current;
    }

    /// <summary>The next event of a user.</summary>
    public async Task<(string Id, string Type, JsonElement Data)> NextOfAsync(string userId)
    {
        while (true)
        {
            var item = await NextAsync();
            if (item.EventId is { } id && JsonElement.Parse(item.Data) is var data && data.Text("user") == userId)
                return (id, item.EventType, data);
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await items.DisposeAsync();
    }
}
