using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Alerts.Bench;

/// <summary>
/// A client of both gateways that asks five times a second: reads a user, and every fifth time changes one. Goes on to the other gateway
/// when the connection of one is refused, as a load balancer does. Counts what it was answered.
/// </summary>
sealed class ApiWatch(IReadOnlyList<HttpClient> gateways, IReadOnlyList<string> users)
{
    const int ChangeOneIn = 5;
    static readonly TimeSpan pace = TimeSpan.FromMilliseconds(200);

    readonly ConcurrentQueue<Answer> answers = new();

    /// <summary>What is not allowed: neither an answer nor 503 with Retry-After.</summary>
    public ConcurrentDictionary<string, int> Wrong { get; } = new();

    /// <summary>Asks until cancelled; requests do not wait for those before them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var asked = new List<Task>();
        using var timer = new PeriodicTimer(pace);
        try
        {
            for (var look = 0; await timer.WaitForNextTickAsync(cancellationToken); look++)
                asked.Add(AskAsync(look));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(asked);
        }
    }

    /// <summary>Answers of requests begun between two moments: served, refused with 503 and Retry-After, and the longest wait.</summary>
    public (int Served, int Refused, TimeSpan Longest) Look(DateTimeOffset from, DateTimeOffset to)
    {
        var some = answers.Where(answer => answer.At >= from && answer.At < to).ToList();
        return (some.Count(answer => answer.IsServed), some.Count(answer => !answer.IsServed), some.Select(answer => answer.Took).DefaultIfEmpty().Max());
    }

    async Task AskAsync(int look)
    {
        var user = users[look % users.Count];
        var at = DateTimeOffset.UtcNow;
        var start = Stopwatch.GetTimestamp();
        for (var gateway = 0; gateway < gateways.Count; gateway++)
        {
            try
            {
                using var response = await SendAsync(gateways[(look + gateway) % gateways.Count], user, look);
                if (response.IsSuccessStatusCode || (response.StatusCode is HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null))
                    answers.Enqueue(new Answer(at, Stopwatch.GetElapsedTime(start), response.IsSuccessStatusCode));
                else
                    Count($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                return;
            }
            catch (HttpRequestException fault) when (gateway == 0)
            {
                // Killed or not there: the other one answers. A request that was under way in it is repeated there.
                _ = fault;
            }
            catch (Exception fault)
            {
                Count(fault.Message);
                return;
            }
        }
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient api, string user, int look)
    {
        if (look % ChangeOneIn != 0)
            return await api.GetAsync($"/v1/users/{user}");
        using var patch = JsonContent.Create(new { digestHour = look % 24 }, mediaType: new("application/merge-patch+json"));
        return await api.PatchAsync($"/v1/users/{user}", patch);
    }

    void Count(string wrong) => Wrong.AddOrUpdate(wrong.Length <= 200 ? wrong : wrong[..200], 1, (_, count) => count + 1);

    sealed record Answer(DateTimeOffset At, TimeSpan Took, bool IsServed);
}
