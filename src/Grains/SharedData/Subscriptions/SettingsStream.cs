using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Alerts.SharedData.Subscriptions;

/// <summary>Publishes users' queries to other services, through the shared database.</summary>
public sealed partial class SettingsStream([FromKeyedServices(Streams.Provider)] IStreamProvider streams, ILogger<SettingsStream> logger)
{
    /// <summary>An unchanged user is published again after this time, to make up for events lost with a silo.</summary>
    public static readonly TimeSpan PublishAgain = TimeSpan.FromHours(6);

    /// <summary>
    /// One stream object for all: Orleans keeps a dictionary of streams for each grain that asks for its own, 1 KB a user. If two callers
    /// create it at once, either works.
    /// </summary>
    IAsyncStream<WatchedQueries>? stream;

    /// <returns>False when the stream did not accept it: publish again later.</returns>
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

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The queries of {UserId} were not published to the shared data; they are published again")]
    partial void LogFailed(Exception failure, string userId);
}
