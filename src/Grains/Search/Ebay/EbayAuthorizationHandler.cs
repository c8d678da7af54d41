using System.Net;
using System.Net.Http.Headers;
using Alerts.Search.Ebay.Answers;

namespace Alerts.Search.Ebay;

/// <summary>Adds the token to each call. If eBay refuses it, the call is sent once more with a new token.</summary>
public sealed class EbayAuthorizationHandler(EbayTokenCache tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(refused: null);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (!await IsRefusedAsync(response, cancellationToken))
            return response;
        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(refused: token));
        return await base.SendAsync(request, cancellationToken);
    }

    static async Task<bool> IsRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => true,
        HttpStatusCode.Forbidden => EbayPageReader.ErrorsOf(await BodyAsync(response, cancellationToken)).Any(error => error.IsAboutToken),
        _ => false,
    };

    static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken); // whoever reads it next finds it there
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
