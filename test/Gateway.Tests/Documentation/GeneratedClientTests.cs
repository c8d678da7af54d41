using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alerts.Configuration;
using Alerts.Users;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Documentation;

/// <summary>Calls the running gateway through its document alone: every operation, and every error it promises.</summary>
public sealed class GeneratedClientTests : IAsyncLifetime
{
    TestGateway gateway = null!;
    ApiDocument document = null!;

    /// <summary>A listing that the shared data has, as a path holds it.</summary>
    string itemId = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    IEnumerable<ApiOperation> Operations => document.Operations;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        document = await ApiDocument.ReadAsync(gateway.Anonymous);
        var person = await gateway.EnrolAsync("client thing");
        var results = await person.Api.GetJsonAsync(person.Url + "/results");
        itemId = Uri.EscapeDataString(results.GetProperty("items")[0].GetProperty("listings")[0].Text("itemId"));
        // What is written in batches is written by and by.
        await gateway.UntilAsync(
            () =>
            {
                gateway.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return StatusAsync($"/v1/products/{itemId}");
            },
            status => status == 200);
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Every_operation_does_its_example_and_answers_as_documented()
    {
        foreach (var operation in Operations)
        {
            var person = await gateway.EnrolAsync("client thing");
            using var response = await SendAsync(gateway, operation, await PathAsync(operation, person), await BodyAsync(operation, person));
            await AssertDocumentedAsync(operation, operation.Success, response);
        }
    }

    [Fact]
    public async Task Every_documented_error_of_every_operation_is_met()
    {
        await using var confirming = await TestGateway.StartAsync(ConfirmationMode.Required);
        await using var limited = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:RateLimits:KeyPerMinute"] = "1", ["Alerts:RateLimits:EnrolmentsPerHour"] = "1", ["Alerts:RateLimits:AnonymousPerMinute"] = "1" });
        await using var broken = await TestGateway.StartAsync();
        await using var away = await TestGateway.StartAsync();
        var known = await gateway.EnrolAsync();
        var unconfirmed = await confirming.Admin.PostAsJsonAsync("/v1/users", TestGateway.Settings(TestGateway.NewEmail()), Cancellation).IsAsync(201);
        await limited.Admin.GetAsync("/v1/users", Cancellation);
        await ExecuteAsync(broken, "alerts.db", "DROP TABLE OrleansStorage");
        await ExecuteAsync(broken, "shared.db", "ALTER TABLE products RENAME TO products_away");
        await away.Services.GetRequiredService<Orleans.Runtime.Silo>().StopAsync(Cancellation);
        var met = 0;
        foreach (var operation in Operations)
        {
            foreach (var status in operation.Statuses.Where(status => status >= 400))
            {
                var person = await gateway.EnrolAsync("client thing");
                var path = await PathAsync(operation, person);
                var body = await BodyAsync(operation, person);
                var strange = path.Replace(person.Id, UserId.New(), StringComparison.Ordinal).Replace(itemId, "v1%7C1%7C0", StringComparison.Ordinal);
                using var response = status switch
                {
                    400 when operation.MediaType is not null => await SendAsync(gateway, operation, path, "{"),
                    400 when operation.Id == "listPrices" => await SendAsync(gateway, operation, path + "?points=0", body),
                    400 when operation.Takes("query") => await SendAsync(gateway, operation, path + "?limit=0", body),
                    400 => await SendAsync(gateway, operation, path, body, ("If-Match", "no tag")),
                    401 => await gateway.Anonymous.SendAsync(new HttpMethod(operation.Method), path),
                    403 => await known.Api.SendAsync(new HttpMethod(operation.Method), path),
                    404 when operation.Id == "listUsers" => await SendAsync(gateway, operation, path + "?email=nobody@example.org", body),
                    404 => await SendAsync(gateway, operation, strange, body),
                    409 when operation.Path.EndsWith("users", StringComparison.Ordinal) || operation.Method is "PUT" or "PATCH" => await SendAsync(gateway, operation, path, WithEmail(body!, known.Email)),
                    409 => await SendAsync(confirming, operation, path.Replace(person.Id, unconfirmed.Text("id"), StringComparison.Ordinal), body),
                    412 => await SendAsync(gateway, operation, path, body, ("If-Match", "\"999\"")),
                    413 => await SendAsync(gateway, operation, path, body + new string(' ', 64 * 1024)),
                    415 => await SendAsync(gateway, operation, path, body, ("Content-Type", "text/plain")),
                    422 => await ReusedKeyAsync(operation, path),
                    429 => await SendAsync(limited, operation, path, body),
                    503 when operation.Id is "previewSearch" or "listMailFailures" or "getCluster" => await SendAsync(away, operation, path, body),
                    503 => await SendAsync(broken, operation, strange, operation.Id == "createUser" ? WithEmail(body!, TestGateway.NewEmail()) : body),
                    _ => throw new InvalidOperationException($"{operation} documents {status}, which this test cannot provoke."),
                };
                await AssertDocumentedAsync(operation, status, response);
                met++;
            }
        }

        Assert.InRange(met, 100, 1000);
    }

    async Task<HttpResponseMessage> ReusedKeyAsync(ApiOperation operation, string path)
    {
        var key = Guid.NewGuid().ToString();
        await gateway.Anonymous.SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(TestGateway.Settings(TestGateway.NewEmail())), ("Idempotency-Key", key)).IsAsync(201);
        return await gateway.Anonymous.SendAsync(new HttpMethod(operation.Method), path, JsonSerializer.Serialize(TestGateway.Settings(TestGateway.NewEmail())), ("Idempotency-Key", key));
    }

    static Task<HttpResponseMessage> SendAsync(TestGateway gateway, ApiOperation operation, string path, string? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (operation.MediaType is { } mediaType)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body!));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? mediaType);
        }

        foreach (var (name, value) in headers.Where(header => header.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        return gateway.Admin.SendAsync(request, Cancellation);
    }

    /// <summary>The path with the person's ids in it.</summary>
    async Task<string> PathAsync(ApiOperation operation, Person person)
    {
        var path = operation.Path.Replace("{id}", person.Id, StringComparison.Ordinal).Replace("{itemId}", itemId, StringComparison.Ordinal);
        return path.Contains("{searchId}", StringComparison.Ordinal)
            ? path.Replace("{searchId}", operation.Id == "deleteSearch" ? await SecondSearchAsync(person) : await FirstSearchAsync(person), StringComparison.Ordinal)
            : path;
    }

    /// <summary>The documented example, with the person's address and search ids where the example's own stand.</summary>
    async Task<string?> BodyAsync(ApiOperation operation, Person person)
    {
        if (operation.MediaType is null)
            return null;
        var example = operation.RequestExample.GetRawText();
        if (operation.Id == "orderSearches")
            return JsonSerializer.Serialize(new[] { await FirstSearchAsync(person) });
        return example.Replace("ann@example.org", operation.Id == "createUser" ? TestGateway.NewEmail() : person.Email, StringComparison.Ordinal);
    }

    /// <summary>The document, or patch, with this address.</summary>
    static string WithEmail(string body, string email)
    {
        var document = JsonNode.Parse(body)!.AsObject();
        document["email"] = email;
        return document.ToJsonString();
    }

    static async Task<string> FirstSearchAsync(Person person) => (await person.Api.GetJsonAsync(person.Url)).GetProperty("searches")[0].Text("id");

    static async Task<string> SecondSearchAsync(Person person) =>
        (await person.Api.PostJsonAsync(person.Url + "/searches", """{ "phrase": "second thing" }""").IsAsync(201)).Text("id");

    async Task AssertDocumentedAsync(ApiOperation operation, int status, HttpResponseMessage response)
    {
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

    async Task<int> StatusAsync(string url)
    {
        using var response = await gateway.Admin.GetAsync(url, Cancellation);
        return (int)response.StatusCode;
    }

    static async Task ExecuteAsync(TestGateway gateway, string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(gateway.Folder, file)};Pooling=False;Default Timeout=30");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
