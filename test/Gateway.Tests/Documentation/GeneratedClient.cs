using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alerts.Gateway.Tests.Documentation;

/// <summary>Calls a gateway through its document alone, as a client generated from it would.</summary>
/// <param name="document">The document.</param>
/// <param name="itemId">A listing that the shared data has, as a path holds it.</param>
sealed class GeneratedClient(ApiDocument document, string itemId)
{
    /// <summary>Where a channel leads in place of the example's host: nobody listens there.</summary>
    const string ClosedPort = "http://127.0.0.1:9/alerts";

    public IEnumerable<ApiOperation> Operations => document.Operations;

    public string ItemId => itemId;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Reads the document of a gateway where a search has found something that the shared data keeps.</summary>
    public static async Task<GeneratedClient> OfAsync(TestGateway gateway)
    {
        var person = await gateway.EnrolAsync("client thing");
        var results = await person.Api.GetJsonAsync(person.Url + "/results");
        var itemId = Uri.EscapeDataString(results.GetProperty("items")[0].GetProperty("listings")[0].Text("itemId"));
        // What is written in batches is written by and by.
        await gateway.UntilAsync(
            async () =>
            {
                gateway.Clock.Advance(TimeSpan.FromMilliseconds(100));
                using var response = await gateway.Admin.GetAsync($"/v1/products/{itemId}", Cancellation);
                return (int)response.StatusCode;
            },
            status => status == 200);
        return new GeneratedClient(await ApiDocument.ReadAsync(gateway.Anonymous), itemId);
    }

    public static Task<HttpResponseMessage> SendAsync(TestGateway gateway, ApiOperation operation, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (operation.MediaType is { } mediaType)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body!));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? mediaType);
        }

        foreach (var (name, value) in headers.Where(header => header.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        // A stream of events has no end.
        return gateway.Admin.SendAsync(request, operation.IsStream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, Cancellation);
    }

    /// <summary>The path with the person's ids in it.</summary>
    public async Task<string> PathAsync(ApiOperation operation, Person person)
    {
        var path = await WithChannelAsync(operation.Path, person);
        path = path.Replace("{id}", person.Id, StringComparison.Ordinal).Replace("{itemId}", itemId, StringComparison.Ordinal);
        path = path.Replace("{notificationId}", $"{person.Id}.1", StringComparison.Ordinal);
        return path.Contains("{searchId}", StringComparison.Ordinal)
            ? path.Replace("{searchId}", operation.Id == "deleteSearch" ? await SecondSearchAsync(person) : await FirstSearchAsync(person), StringComparison.Ordinal)
            : path;
    }

    static async Task<string> WithChannelAsync(string path, Person person)
    {
        if (!path.Contains("{channelId}", StringComparison.Ordinal))
            return path;
        var channel = await person.Api.PostJsonAsync(person.Url + "/channels", $$"""{ "kind": "webhook", "url": "{{ClosedPort}}" }""").IsAsync(201);
        return path.Replace("{channelId}", channel.Text("id"), StringComparison.Ordinal);
    }

    /// <summary>The documented example, with the person's address and search ids where the example's own stand.</summary>
    public static async Task<string?> BodyAsync(ApiOperation operation, Person person)
    {
        if (operation.MediaType is null)
            return null;
        var example = operation.RequestExample.GetRawText();
        if (operation.Id == "orderSearches")
            return JsonSerializer.Serialize(new[] { await FirstSearchAsync(person) });
        return example.Replace("https://hooks.example/alerts", ClosedPort, StringComparison.Ordinal).Replace("ann@example.org", operation.Id == "createUser" ? TestGateway.NewEmail() : person.Email, StringComparison.Ordinal);
    }

    /// <summary>The document, or patch, with this address.</summary>
    public static string WithEmail(string body, string email)
    {
        var document = JsonNode.Parse(body)!.AsObject();
        document["email"] = email;
        return document.ToJsonString();
    }

    static async Task<string> FirstSearchAsync(Person person) => (await person.Api.GetJsonAsync(person.Url)).GetProperty("searches")[0].Text("id");

    static async Task<string> SecondSearchAsync(Person person) =>
        (await person.Api.PostJsonAsync(person.Url + "/searches", """{ "phrase": "second thing" }""").IsAsync(201)).Text("id");

    public async Task AssertDocumentedAsync(ApiOperation operation, int status, HttpResponseMessage response)
    {
        if (status < 400 && operation.IsStream)
        {
            Assert.Equal((status, ApiOperation.EventStream), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            return;
        }

        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True((int)response.StatusCode == status, $"{operation} answered {(int)response.StatusCode} instead of {status}: {body}");
        if (operation.Answer(status) is not { } answer)
        {
            Assert.Empty(body);
            return;
        }

        Assert.Equal(status < 400 ? "application/json" : "application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var misfits = document.Misfits(JsonDocument.Parse(body).RootElement, answer.GetProperty("schema"));
        Assert.True(misfits.Count == 0, $"{operation} {status}: {string.Join("; ", misfits)}");
        if (status is 429 or 503)
            Assert.NotNull(response.Headers.RetryAfter);
    }
}
