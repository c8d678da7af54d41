using System.Text;
using System.Text.Json;

namespace Alerts.Gateway.Tests;

/// <summary>Reads answers as a caller does: status first, then the JSON.</summary>
static class Answers
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The JSON of an answer that has this status; what it holds is in the message when it has not.</summary>
    public static async Task<JsonElement> IsAsync(this Task<HttpResponseMessage> sending, int status)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {body}");
        if (body.Length == 0)
            return default;
        var json = JsonDocument.Parse(body).RootElement;
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(status, json.GetProperty("status").GetInt32());
            Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), json.Text("requestId"));
        }

        return json;
    }

    /// <summary>The fields an error names.</summary>
    public static async Task<string[]> IsInvalidAsync(this Task<HttpResponseMessage> sending) =>
        [.. (await sending.IsAsync(400)).GetProperty("errors").EnumerateObject().Select(error => error.Name)];

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string url) => client.PostAsync(url, null, Cancellation);

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string url, string json, string mediaType = "application/json") =>
        client.PostAsync(url, Json(json, mediaType), Cancellation);

    public static Task<HttpResponseMessage> PutJsonAsync(this HttpClient client, string url, string json) => client.PutAsync(url, Json(json), Cancellation);

    public static Task<HttpResponseMessage> PatchJsonAsync(this HttpClient client, string url, string json) =>
        client.PatchAsync(url, Json(json, "application/merge-patch+json"), Cancellation);

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpMethod method, string url, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, url) { Content = json is null ? null : Json(json) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request, Cancellation);
    }

    public static Task<JsonElement> GetJsonAsync(this HttpClient client, string url) => client.GetAsync(url, Cancellation).IsAsync(200);

    /// <summary>The one user of an address.</summary>
    public static async Task<JsonElement> FindUserAsync(this HttpClient admin, string email) =>
        Assert.Single((await admin.GetJsonAsync("/v1/users?email=" + Uri.EscapeDataString(email))).GetProperty("items").EnumerateArray());

    static StringContent Json(string json, string mediaType = "application/json") => new(json, Encoding.UTF8, mediaType);
}
