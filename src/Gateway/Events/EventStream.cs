using System.Data.Common;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Alerts.Events;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Events;

/// <summary>
/// Sends events to the services that listen. Each listener reads from the database at its own pace, so a slow one uses no memory here.
/// </summary>
sealed partial class EventStream(
    EventLog log, IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options, TimeProvider clock, ILogger<EventStream> logger)
{
    /// <summary>The type that shows that the connection is alive; it has no place.</summary>
    public const string Alive = "alive";

    /// <summary>The type that says that events after the reader's place are gone.</summary>
    public const string Missed = "missed";

    /// <summary>How often the database is asked for new events.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The maxDuration time without sending anything.</summary>
    static readonly TimeSpan silence = TimeSpan.FromSeconds(15);

    /// <summary>After this time a reader must connect again, perhaps to another gateway.</summary>
    static readonly TimeSpan maxDuration = TimeSpan.FromHours(1);

    /// <summary>When to come again while all places are taken.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromMinutes(1);

    static readonly TimeSpan reconnectAfter = TimeSpan.FromSeconds(5);

    int listeners;

    /// <summary>Takes a place for one listener, until it is disposed; null when all are taken.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref listeners) <= options.Value.MaxEventListeners)
            return new Place(this);
        Interlocked.Decrement(ref listeners);
        return null;
    }

    /// <summary>The events after a place, which may be unknown or long gone; null means all stored events.</summary>
    /// <exception cref="DbException">The database did not answer at the beginning. A later fault ends the stream.</exception>
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
        var end = clock.GetUtcNow() + maxDuration;
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

    /// <summary>The next page, perhaps empty; null when the stream must end.</summary>
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

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A stream of events ended because the database did not answer; its reader will reconnect")]
    partial void LogEnded(Exception fault);
}
