using System.Net;
using System.Net.Http.Headers;

namespace Alerts.Search.Ebay;

/// <summary>Puts the token on each call, and once more with a new one when eBay refuses it.</summary>
public sealed class EbayAuthorizationHandler(EbayTokenCache tokens) : DelegatingHandler
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(refused: null);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;
        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(refused: token));
        return await base.SendAsync(request, cancellationToken);
    }
}
