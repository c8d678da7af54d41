using System.Data.Common;
using Alerts.Events;
using Alerts.SharedData;
using Alerts.SharedData.Erasures;
using Alerts.SharedData.Subscriptions;
using Alerts.State;
using Microsoft.Extensions.Logging;

namespace Alerts.Users;

/// <summary>Publishes a user's queries to other services when they changed or were published long ago.</summary>
public sealed partial class UserPublisher(
    SettingsStream stream, EventLog events, ErasureLedger erasures, TimeProvider clock, ILogger<UserPublisher> logger)
{
    /// <summary>What was published last, without the queries, which stand in the settings; null when nothing was.</summary>
    WatchedQueries? published;

    /// <summary>A new activation assumes that the activation before it published the user.</summary>
    public void Begin(UserState? user, string userId) =>
        published = user is null ? null : Watching.PublishedBefore(user, userId, clock.GetUtcNow());

    /// <summary>Publishes when needed. If the stream does not accept it, the next tick tries again.</summary>
    public void Publish(UserState? user, string userId)
    {
        var now = clock.GetUtcNow();
        if (!Watching.NeedsPublishing(published, user, now))
            return;
        var watched = Watching.Of(user, published, userId, now);
        published = user is null ? null : watched with { Queries = [] };
        _ = stream.PublishAsync(watched).ContinueWith(
            taken => published = taken.Result ? published : null,
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
    }

    /// <summary>Deletes the events of a user that is being erased, except the one that says so.</summary>
    public Task EraseAsync(string userId) => events.EraseUserAsync(userId, CancellationToken.None);

    /// <summary>Keeps for backups and exports that a user is erased. False when it is to be tried again.</summary>
    public async Task<bool> KeepErasureAsync(string userId)
    {
        try
        {
            await erasures.AddAsync(userId, CancellationToken.None);
            return true;
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or InvalidOperationException)
        {
            LogNotKept(fault, userId);
            return false;
        }
    }

    /// <summary>Publishes that the user is gone. False when the stream did not accept it.</summary>
    public Task<bool> PublishEndAsync(string userId) => stream.PublishAsync(Watching.Of(null, null, userId, clock.GetUtcNow()));

    [LoggerMessage(Level = LogLevel.Debug, Message = "The shared database did not take that {UserId} is erased; the next tick tries again")]
    partial void LogNotKept(Exception fault, string userId);
}
