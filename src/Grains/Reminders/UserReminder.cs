using Alerts.Cluster;
using Alerts.Configuration;
using Alerts.Reminders.Spread;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Reminders;

/// <summary>When a user's reminder is to wake it: as its dispatcher says, or, should that be away, by the user's hash.</summary>
public sealed partial class UserReminder(
    IGrainFactory grains,
    IOptions<DispatchOptions> dispatch,
    IOptions<AlertsOptions> alerts,
    TimeProvider clock,
    ILogger<UserReminder> logger)
{
    /// <summary>The reminder's name.</summary>
    public const string Name = "check";

    const string UserGrainType = "user";

    PhaseWindow Window => new(alerts.Value.ReminderPeriod);

    /// <summary>Whether a reminder is a user's.</summary>
    public static bool IsOne(ReminderEntry reminder) => reminder.ReminderName == Name && reminder.GrainId.Type.ToString() == UserGrainType;

    /// <summary>The first moment of a new user's grid.</summary>
    public async Task<DateTimeOffset> AssignAsync(GrainId user)
    {
        try
        {
            return At(user, await DispatcherOf(user).AssignAsync(user.Key.ToString()!));
        }
        catch (Exception fault)
        {
            // A second is a matter of balance, not of service; the dispatcher learns it from the reminder.
            LogUnassigned(fault, user.Key.ToString()!);
            return At(user, Window.SecondOf(user.GetUniformHashCode()));
        }
    }

    /// <summary>The next moment of a user in a second of the window.</summary>
    public DateTimeOffset At(GrainId user, int second) => Window.Next(second, user.GetUniformHashCode(), clock.GetUtcNow());

    /// <summary>The user and its reminder are gone.</summary>
    public Task ReleaseAsync(GrainId user) => DispatcherOf(user).ReleaseAsync(user.Key.ToString()!);

    IShardedDispatcherGrain DispatcherOf(GrainId user) =>
        grains.GetGrain<IShardedDispatcherGrain>(DispatchShards.ShardOf(user.GetUniformHashCode(), dispatch.Value.Shards));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of {UserId} is away; it gets a second of the window by its hash")]
    partial void LogUnassigned(Exception fault, string userId);
}
