using System.Data.Common;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Alerts.Events;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Events;

/// <summary>
/// Sends events to the services that listen. Each is read to at its own pace from the database, so a slow one keeps nothing in memory.
/// </summary>
sealed partial class EventStream(
    EventLog log, IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options, TimeProvider clock, ILogger<EventStream> logger)
{
    /// <summary>Says that the connection lives; it has no place.</summary>
    public const string Alive = "alive";

    /// <summary>Says that events after the reader's place are gone.</summary>
    public const string Missed = "missed";

    /// <summary>How often the database is asked for more.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long there may be silence.</summary>
    static readonly TimeSpan silence = TimeSpan.FromSeconds(15);

    /// <summary>After this time a reader connects anew, perhaps to another gateway.</summary>
    static readonly TimeSpan longest = TimeSpan.FromHours(1);

    /// <summary>When to come again while all places are taken.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromMinutes(1);

    static readonly TimeSpan reconnectAfter = TimeSpan.FromSeconds(5);

    int listeners;

    /// <summary>A place for one more listener, until it is disposed of; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref listeners) <= options.Value.MaxEventListeners)
            return new Place(this);
        Interlocked.Decrement(ref listeners);
        return null;
    }

    /// <summary>The events after a place, which may be none or long gone; null: all that are kept.</summary>
    /// <exception cref="DbException">The database did not answer at the beginning. Later it ends the stream, and the reader comes again.</exception>
    public async Task<IAsyncEnumerable<SseItem<string>>> ListenAsync(EventPlace? after, CancellationToken cancellationToken)
    {
        var isMissed = after is { } place && !await log.HasAsync(place, cancellationToken);
        var start = isMissed || after is null ? default : after.Value;
        return SendAsync(isMissed, start, await log.ReadAsync(start, cancellationToken), cancellationToken);
    }

    async IAsyncEnumerable<SseItem<string>> SendAsync(
        bool isMissed, EventPlace place, IReadOnlyList<StoredEvent>? page, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var end = clock.GetUtcNow() + longest;
        var said = clock.GetUtcNow();
        yield return new SseItem<string>("{}", isMissed ? Missed : Alive) { ReconnectionInterval = reconnectAfter };
        while (page is not null && clock.GetUtcNow() < end)
        {
            foreach (var stored in page)
            {
                yield return new SseItem<string>(stored.Data, stored.Type) { EventId = stored.Place.ToString() };
                (place, said) = (stored.Place, clock.GetUtcNow());
            }

            if (clock.GetUtcNow() - said >= silence)
            {
                yield return new SseItem<string>("{}", Alive);
                said = clock.GetUtcNow();
            }

            page = await NextAsync(place, isFull: page.Count == EventLog.PageLimit, ending.Token);
        }
    }

    /// <summary>The next page, perhaps empty; null when the stream is to end.</summary>
    async Task<IReadOnlyList<StoredEvent>?> NextAsync(EventPlace place, bool isFull, CancellationToken ending)
    {
        try
        {
            if (!isFull)
                await Task.Delay(Period, clock, ending);
            return await log.ReadAsync(place, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            LogEnded(fault);
            return null;
        }
    }

    sealed class Place(EventStream stream) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref stream.listeners);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stream of events ended since the database did not answer; its reader comes again")]
    partial void LogEnded(Exception fault);
}
