using Alerts.Events;
using Alerts.SharedData;
using Alerts.SharedData.Subscriptions;
using Alerts.State;

namespace Alerts.Users;

/// <summary>Publishes to other services what one user watches, when that changed or was published long ago.</summary>
public sealed class UserPublisher(SettingsStream stream, EventLog events, TimeProvider clock)
{
    /// <summary>What was published last, without the queries, which the settings have; null when nothing.</summary>
    WatchedQueries? published;

    /// <summary>An activation takes the user for published by the one before it.</summary>
    public void Begin(UserState? user, string userId) =>
        published = user is null ? null : Watching.PublishedBefore(user, userId, clock.GetUtcNow());

    /// <summary>Publishes, if that is needed by now. When the stream does not take it, the next tick tries again.</summary>
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

    /// <summary>Keeps nothing of what others were told of a user that is being erased, but that it is.</summary>
    public Task EraseAsync(string userId) => events.EraseUserAsync(userId, CancellationToken.None);

    /// <summary>Publishes that there is no such user. False when the stream did not take it.</summary>
    public Task<bool> PublishEndAsync(string userId) => stream.PublishAsync(Watching.Of(null, null, userId, clock.GetUtcNow()));
}
