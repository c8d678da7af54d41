using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;

namespace Alerts.Demo.Tests.Support;

/// <summary>Calls a marketplace as an application of eBay's does, with nothing of the product's own client.</summary>
sealed class EbayCaller(MarketplaceServer server) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = server.BaseUrl };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpClient Http => http;

    public async Task<EbayCaller> LogInAsync()
    {
        using var response = await AskForTokenAsync();
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)json["access_token"]!);
        return this;
    }

    public async Task<HttpResponseMessage> AskForTokenAsync(
        string client = "demo-client:demo-secret", string grant = "client_credentials", string scope = "https://api.ebay.com/oauth/api_scope")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "identity/v1/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", grant), new("scope", scope)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(client)));
        return await http.SendAsync(request, Cancellation);
    }

    /// <summary>GETs a search, parameters unescaped as <c>("q", "iphone 13")</c>.</summary>
    public async Task<HttpResponseMessage> GetAsync(string marketplace, params (string Name, string Value)[] parameters)
    {
        var query = string.Join('&', parameters.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"buy/browse/v1/item_summary/search?{query}");
        request.Headers.Add("X-EBAY-C-MARKETPLACE-ID", marketplace);
        return await http.SendAsync(request, Cancellation);
    }

    public async Task<JsonNode> SearchAsync(params (string Name, string Value)[] parameters)
    {
        using var response = await GetAsync("EBAY_US", parameters);
        return await ReadAsync(response);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;

    public void Dispose() => http.Dispose();
}
