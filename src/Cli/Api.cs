using System.Net.Http.Json;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary>The service's API with an API key. Every failed request becomes an <see cref="ApiException"/>.</summary>
public sealed class Api : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>How often one of many requests is sent while the service asks to wait, and how long at most each time.</summary>
    const int MaxAttempts = 30;
    static readonly TimeSpan longestWait = TimeSpan.FromSeconds(60);

    readonly HttpClient client;

    /// <param name="address">The gateway.</param>
    /// <param name="key">The API key; null for operations without one.</param>
    public Api(Uri address, string? key)
    {
        client = new HttpClient { BaseAddress = address, Timeout = patience };
        if (key is { Length: > 0 })
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", key.Trim());
    }

    /// <summary>When the last answer was made, by the service's clock.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>
    /// One of many: what is wrong with it alone (400, 404, 409, 410, 413) is an answer, and where the service asks to wait (429, 503), that
    /// is done.
    /// </summary>
    internal async Task<ApiAnswer> PutAsync(string path, JsonElement body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
            using var answer = await AnswerAsync(request, cancellationToken);
            var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
            if (status is 400 or 404 or 409 or 410 or 413)
                return new ApiAnswer(default, $"{status}: {Reason(text) ?? answer.ReasonPhrase}{Fields(text)}");
            if (status is not (429 or 503) || attempt == MaxAttempts)
                return new ApiAnswer(Read(answer, text), null);
            var wait = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            await Task.Delay(wait < longestWait ? wait : longestWait, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The status of a path that anybody may ask.</summary>
    public async Task<int> StatusAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return (int)answer.StatusCode;
    }

    public void Dispose() => client.Dispose();

    async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await AnswerAsync(request, cancellationToken);
        return Read(answer, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    JsonElement Read(HttpResponseMessage answer, string text)
    {
        if (!answer.IsSuccessStatusCode)
            throw new ApiException($"{(int)answer.StatusCode}: {Reason(text) ?? answer.ReasonPhrase}{Advice((int)answer.StatusCode)}");
        if (text.Length == 0)
            return default;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            throw new ApiException($"{client.BaseAddress} does not answer as the service does. Is --url, or ALERTS_URL, right?");
        }
    }

    async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.SendAsync(request, cancellationToken);
            AnsweredAt = answer.Headers.Date;
            return answer;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ApiException($"{client.BaseAddress} does not answer: {fault.Message} Is --url, or ALERTS_URL, right?");
        }
    }

    /// <summary>The detail of a problem document (RFC 9457); null for anything else.</summary>
    static string? Reason(string text)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            return problem.Text("detail") ?? problem.Text("title");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Of a problem document, the fields that are wrong.</summary>
    static string Fields(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text).Find("errors") is { ValueKind: JsonValueKind.Object } errors
                ? string.Concat(errors.EnumerateObject()
                    .Select(field => $" {field.Name}: {string.Join(' ', field.Value.EnumerateArray())}"))
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    static string Advice(int status) => status switch
    {
        401 => " ALERTS_API_KEY has to hold a key that the gateway knows; `alerts key new` makes one.",
        403 => " The key's scope does not allow it.",
        503 => " A part of the service does not answer; `alerts doctor` says which.",
        _ => "",
    };
}
