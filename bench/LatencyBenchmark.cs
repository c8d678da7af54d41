using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Alerts.Demo;
using Alerts.Demo.Marketplace;

namespace Alerts.Bench;

/// <summary>
/// Latency of every operation of the settings API, one caller, one request after the other over a kept connection, beside a bare
/// minimal-API endpoint that echoes the same document from the same process: the two take turns, so that both meet the same machine.
/// </summary>
static class LatencyBenchmark
{
    const int WarmUp = 50;
    const string Document = """{"email":"ann@example.org","frequencyMinutes":60,"searches":[{"phrase":"iphone 13"}]}""";

    public static readonly Benchmark Listed = new("latency", "latency of each API operation beside a bare endpoint, as a ratio [requests each, default 500]", RunAsync);

    static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var folder = Directory.CreateTempSubdirectory("alerts-bench-").FullName;
        try
        {
            var limits = ((string[])["KeyPerMinute", "EnrolmentsPerHour", "SearchesPerMinute"]).ToDictionary(name => $"Alerts:RateLimits:{name}", _ => (string?)"1000000");
            await using var demo = await DemoApp.StartAsync(new DemoOptions
            {
                DataDirectory = folder,
                Marketplace = new MarketplaceOptions { DailyCallLimit = 10_000_000 },
                Settings = new Dictionary<string, string?>(limits) { ["Logging:LogLevel:Default"] = "Warning", ["Alerts:Ebay:DailyCallBudget"] = "10000000" },
            });
            await using var bare = await StartBareAsync();
            using var api = new HttpClient { BaseAddress = demo.Address };
            api.DefaultRequestHeaders.Add("X-Api-Key", DemoOptions.ApiKey);
            using var echo = new HttpClient { BaseAddress = new Uri(bare.Urls.First()) };

            Console.WriteLine($"{"operation",-44} {"p50 µs",9} {"p99 µs",9} {"bare p50",9} {"ratio p50",10}");
            foreach (var (name, send) in await OperationsAsync(api))
                await MeasureAsync(name, send, () => echo.PostAsync("/", Json(Document)), count);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<WebApplication> StartBareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/", (JsonElement document) => TypedResults.Ok(document));
        await app.StartAsync();
        return app;
    }

    static async Task<(string Name, Func<Task<HttpResponseMessage>> Send)[]> OperationsAsync(HttpClient api)
    {
        var people = 0;
        StringContent NewUser() => Json(Document.Replace("ann@", FormattableString.Invariant($"p{people++}@"), StringComparison.Ordinal));
        async Task<JsonElement> EnrolAsync()
        {
            using var response = await api.PostAsync("/v1/users", NewUser());
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }

        var user = await EnrolAsync();
        var url = "/v1/users/" + user.GetProperty("id").GetString();
        var search = $"{url}/searches/{user.GetProperty("searches")[0].GetProperty("id").GetString()}";
        var same = Document.Replace("ann@example.org", user.GetProperty("email").GetString(), StringComparison.Ordinal);
        // Users to delete, and searches to remove, are made while nobody measures.
        async Task<HttpResponseMessage> DeleteAsync() => await api.DeleteAsync("/v1/users/" + (await EnrolAsync()).GetProperty("id").GetString());
        async Task<HttpResponseMessage> AddAndRemoveAsync()
        {
            using var added = await api.PostAsync(url + "/searches", Json("""{"phrase":"iphone 13"}"""));
            return await api.DeleteAsync(added.Headers.Location!.OriginalString);
        }

        return
        [
            ("POST /v1/users", () => api.PostAsync("/v1/users", NewUser())),
            ("POST /v1/users, then DELETE /v1/users/{id}", DeleteAsync),
            ("GET /v1/users/{id}", () => api.GetAsync(url)),
            ("GET /v1/users?email=", () => api.GetAsync("/v1/users?email=" + user.GetProperty("email").GetString())),
            ("GET /v1/users?limit=10", () => api.GetAsync("/v1/users?limit=10")),
            ("PUT /v1/users/{id}", () => api.PutAsync(url, Json(same.Replace("\"searches\":[{", $"\"searches\":[{{\"id\":\"{user.GetProperty("searches")[0].GetProperty("id").GetString()}\",", StringComparison.Ordinal)))),
            ("PATCH /v1/users/{id}", () => api.PatchAsync(url, Json("""{"language":"en-GB"}"""))),
            ("POST /v1/users/{id}/pause", () => api.PostAsync(url + "/pause", null)),
            ("POST /v1/users/{id}/snooze", () => api.PostAsync(url + "/snooze", Json($$"""{"until":"{{DateTimeOffset.UtcNow.AddDays(9):O}}"}"""))),
            ("POST /v1/users/{id}/resume", () => api.PostAsync(url + "/resume", null)),
            ("POST /v1/users/{id}/token", () => api.PostAsync(url + "/token", null)),
            ("GET /v1/users/{id}/searches", () => api.GetAsync(url + "/searches")),
            ("POST, then DELETE …/searches/{searchId}", AddAndRemoveAsync),
            ("GET /v1/users/{id}/searches/{searchId}", () => api.GetAsync(search)),
            ("PUT /v1/users/{id}/searches/{searchId}", () => api.PutAsync(search, Json("""{"phrase":"iphone 13"}"""))),
            ("PATCH /v1/users/{id}/searches/{searchId}", () => api.PatchAsync(search, Json("""{"freeShipping":false}"""))),
            ("PUT /v1/users/{id}/searches/order", () => api.PutAsync(url + "/searches/order", Json($"[\"{search.Split('/')[^1]}\"]"))),
            ("GET /v1/users/{id}/results", () => api.GetAsync(url + "/results")),
            ("GET /v1/users/{id}/notifications", () => api.GetAsync(url + "/notifications")),
            ("POST /v1/search/preview", () => api.PostAsync("/v1/search/preview", Json("""{"phrase":"iphone 13"}"""))),
        ];
    }

    static async Task MeasureAsync(string name, Func<Task<HttpResponseMessage>> send, Func<Task<HttpResponseMessage>> echo, int count)
    {
        var (ours, bare) = (new double[count], new double[count]);
        for (var i = -WarmUp; i < count; i++)
        {
            var (one, other) = (await TimeAsync(send), await TimeAsync(echo));
            if (i >= 0)
                (ours[i], bare[i]) = (one, other);
        }

        Array.Sort(ours);
        Array.Sort(bare);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {ours[count / 2],9:0} {ours[count * 99 / 100],9:0} {bare[count / 2],9:0} {ours[count / 2] / bare[count / 2],10:0.0}"));
    }

    static async Task<double> TimeAsync(Func<Task<HttpResponseMessage>> send)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await send();
        await response.Content.ReadAsByteArrayAsync();
        response.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
