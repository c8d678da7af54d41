using Alerts.Outbox;

namespace Alerts.Channels.WebPush;

/// <summary>
/// Takes the request that the package has made and has it sent our way, so that its addresses, time and retries are under the rules of all
/// channels. The package learns nothing of the answer, or it would retry by itself.
/// </summary>
sealed class Handover(Func<HttpRequestMessage, CancellationToken, Task<DeliveryResult>> send) : HttpMessageHandler
{
    /// <summary>What became of it.</summary>
    public DeliveryResult? Result { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A request can be sent once only, and this one counts as sent.
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(cancellationToken)),
        };
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        foreach (var (name, values) in request.Content.Headers)
            copy.Content.Headers.TryAddWithoutValidation(name, values);
        Result = await send(copy, cancellationToken);
        return new HttpResponseMessage(System.Net.HttpStatusCode.Created);
    }
}
