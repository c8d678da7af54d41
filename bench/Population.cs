using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Alerts.Bench;

/// <summary>Users with one to three of 2,000 phrases, drawn by Zipf as the first service was measured, and their enrolment over HTTP.</summary>
sealed class Population(int users)
{
    /// <summary>Distinct phrases users choose among.</summary>
    public const int Phrases = 2_000;

    const int Seed = 20261123;
    const int Callers = 32;

    /// <summary>Most attempts at one request that is answered 503, ten seconds apart at most.</summary>
    const int Attempts = 20;

    static readonly TimeSpan retryAfter = TimeSpan.FromSeconds(2);

    /// <summary>How many.</summary>
    public int Count => users;

    /// <summary>The number of the user with this address; -1 for an address of nobody here.</summary>
    public static int NumberOf(string address) =>
        address.StartsWith("user", StringComparison.Ordinal) && int.TryParse(address.AsSpan(4, Math.Max(0, address.IndexOf('@', StringComparison.Ordinal) - 4)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>Enrols everybody, through the gateways in turn; 503 is tried again. Returns the users' ids.</summary>
    /// <param name="gateways">Clients of the gateways.</param>
    /// <param name="notify">The users' <c>notify</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string[]> EnrolAsync(IReadOnlyList<HttpClient> gateways, string notify, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        var zipf = new Zipf(Phrases, random);
        var documents = Enumerable.Range(0, users).Select(number => new
        {
            email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"),
            frequencyMinutes = 2,
            notify,
            searches = Enumerable.Range(0, random.Next(1, 4)).Select(_ => zipf.Next()).Distinct().Select(phrase => new { phrase = string.Create(CultureInfo.InvariantCulture, $"thing {phrase}") }).ToArray(),
        }).ToArray();
        var ids = new string[users];
        await ForEachAsync(async (number, cancellation) =>
        {
            using var response = await SendAsync(() => gateways[number % gateways.Count].PostAsJsonAsync("/v1/users", documents[number], cancellation), cancellation);
            ids[number] = response.Headers.Location?.OriginalString.Split('/')[^1] ?? await UserOfAsync(response, cancellation);
        }, cancellationToken);
        return ids;
    }

    /// <summary>Changes everybody's <c>notify</c>.</summary>
    public Task ChangeNotifyAsync(HttpClient api, IReadOnlyList<string> ids, string notify, CancellationToken cancellationToken) =>
        ForEachAsync(async (number, cancellation) =>
        {
            using var response = await SendAsync(() =>
            {
                var patch = JsonContent.Create(new { notify }, mediaType: new("application/merge-patch+json"));
                return api.PatchAsync($"/v1/users/{ids[number]}", patch, cancellation);
            }, cancellation);
        }, cancellationToken);

    Task ForEachAsync(Func<int, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, users, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, act);

    /// <summary>Whom a 409 names at the end of its sentence.</summary>
    static async Task<string> UserOfAsync(HttpResponseMessage conflict, CancellationToken cancellationToken)
    {
        var problem = await conflict.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return problem.GetProperty("detail").GetString()!.TrimEnd('.').Split(' ')[^1];
    }

    static async Task<HttpResponseMessage> SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await send();
            // The first attempt may have enrolled, although its answer was 503.
            if (attempt > 1 && response.StatusCode is HttpStatusCode.Conflict)
                return response;
            if (response.StatusCode is not HttpStatusCode.ServiceUnavailable || attempt == Attempts)
                return response.EnsureSuccessStatusCode();
            response.Dispose();
            await Task.Delay(retryAfter, cancellationToken);
        }
    }
}
