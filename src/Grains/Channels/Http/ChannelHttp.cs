using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Alerts.Outbox;
using Microsoft.Extensions.Options;

namespace Alerts.Channels.Http;

/// <summary>
/// Sends channels' messages by HTTP: no redirects, no cookies, no proxy, ten seconds in all, 64 KB of the answer. Safe for concurrent use.
/// </summary>
sealed class ChannelHttp : IDisposable
{
    /// <summary>Time for one message, from the name lookup to the end of the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Bytes read of an answer.</summary>
    public const int MaxAnswerBytes = 64 * 1024;

    const int MaxHeaderKilobytes = 16;
    const int MaxHosts = 10_000;

    readonly UnseenMeters meters = new();
    readonly HttpClient client;
    readonly TimeProvider clock;
    readonly SemaphoreSlim all;
    readonly int perHost;
    readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.OrdinalIgnoreCase);

    public ChannelHttp(IOptions<ChannelOptions> options, TimeProvider clock)
        : this(options.Value, new ChannelConnection(options.Value.AllowLoopback), clock)
    {
    }

    public ChannelHttp(ChannelOptions options, ChannelConnection connection, TimeProvider clock)
    {
        this.clock = clock;
        (all, perHost) = (new SemaphoreSlim(options.MaxConcurrent), options.MaxConcurrentPerHost);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxConnectionsPerServer = options.MaxConcurrentPerHost,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = connection.OpenAsync,
            // No traces: the addresses are secrets, and no header of ours goes to strangers.
            ActivityHeadersPropagator = null,
            MeterFactory = meters,
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Alerts/1");
    }

    /// <summary>Sends a request and returns the result.</summary>
    /// <param name="request">The request; disposed here.</param>
    /// <param name="isWanted">Asked when the message's turn has come: whether it may still be sent.</param>
    /// <param name="meaning">Turns an answer into a result.</param>
    /// <param name="cancellationToken">Gives up; the host may have accepted the message.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryResult> SendAsync(
        HttpRequestMessage request, Func<bool> isWanted, Func<ChannelAnswer, DeliveryResult> meaning, CancellationToken cancellationToken)
    {
        using var sent = request;
        var host = HostOf(request.RequestUri!.Authority);
        await host.WaitAsync(cancellationToken);
        try
        {
            await all.WaitAsync(cancellationToken);
            try
            {
                return isWanted() ? meaning(await AskAsync(request, cancellationToken)) : new DeliveryResult.Withdrawn();
            }
            finally
            {
                all.Release();
            }
        }
        catch (Exception fault) when (ReasonOf(fault, cancellationToken) is { } reason)
        {
            return new DeliveryResult.Deferred(reason);
        }
        finally
        {
            host.Release();
        }
    }

    async Task<ChannelAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Uses the machine's clock: it waits for a network, also in tests.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        return new ChannelAnswer(response.StatusCode, await ReadAsync(response, deadline.Token), RetryAfterOf(response));
    }

    static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[MaxAnswerBytes];
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await body.ReadAtLeastAsync(buffer, MaxAnswerBytes, throwOnEndOfStream: false, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
        catch (Exception fault) when (response.IsSuccessStatusCode && fault is IOException or OperationCanceledException)
        {
            // The status has already said that the message was accepted, so the rest of the answer is not needed.
            return "";
        }
    }

    TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    /// <summary>The fault without the address, which may be a secret.</summary>
    static string? ReasonOf(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException => $"No answer within {Timeout.TotalSeconds:0} seconds.",
        HttpRequestException { InnerException: AddressNotPublicException closed } => closed.Message,
        HttpRequestException http => $"The host could not be reached: {http.HttpRequestError}.",
        IOException => "The connection broke.",
        _ => null,
    };

    /// <summary>Beyond the limit, further hosts share one set of places. They slow each other down, but no other host.</summary>
    SemaphoreSlim HostOf(string host) =>
        hosts.TryGetValue(host, out var known) ? known
            : hosts.GetOrAdd(hosts.Count < MaxHosts ? host : "", _ => new SemaphoreSlim(perHost));

    public void Dispose()
    {
        client.Dispose();
        meters.Dispose();
    }
}
