using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Alerts.SharedData.Subscriptions;

/// <summary>Tells other services, by way of the shared database, what users watch.</summary>
public sealed partial class SettingsStream([FromKeyedServices(Streams.Provider)] IStreamProvider streams, ILogger<SettingsStream> logger)
{
    /// <summary>A user that did not change tells again after this time, so that an event lost with a silo is made up for.</summary>
    public static readonly TimeSpan PublishAgain = TimeSpan.FromHours(6);

    /// <summary>One for all: each grain that gets its own keeps a dictionary of its streams, 1 KB a user. Got by two at once, either does.</summary>
    IAsyncStream<WatchedQueries>? stream;

    /// <summary>Puts an event on the stream.</summary>
    /// <returns>False when the stream did not take it: tell again later.</returns>
    public async Task<bool> PublishAsync(WatchedQueries watched)
    {
        try
        {
            stream ??= streams.GetStream<WatchedQueries>(StreamId.Create(Streams.Settings, ISubscriptionWriterGrain.Key));
            await stream.OnNextAsync(watched);
            return true;
        }
        catch (Exception failure)
        {
            LogFailed(failure, watched.UserId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {UserId} watches was not handed to the shared data; it is told again")]
    partial void LogFailed(Exception failure, string userId);
}
