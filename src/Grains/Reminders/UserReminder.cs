using Alerts.Cluster;
using Alerts.Configuration;
using Alerts.Reminders.Spread;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Reminders;

/// <summary>
/// The dispatcher chooses the second at which a user's reminder ticks. While the dispatcher is away, the hash of the user's id does.
/// </summary>
public sealed partial class UserReminder(
    IGrainFactory grains,
    IOptions<DispatchOptions> dispatch,
    IOptions<AlertsOptions> alerts,
    TimeProvider clock,
    ILogger<UserReminder> logger)
{
    public const string Name = "check";

    const string UserGrainType = "user";

    PhaseWindow Window => new(alerts.Value.ReminderPeriod);

    public static bool IsOne(ReminderEntry reminder) => reminder.ReminderName == Name && reminder.GrainId.Type.ToString() == UserGrainType;

    /// <summary>When the reminder of a new user ticks first.</summary>
    public async Task<DateTimeOffset> AssignAsync(GrainId user)
    {
        try
        {
            return At(user, await DispatcherOf(user).AssignAsync(user.Key.ToString()!));
        }
        catch (Exception fault)
        {
            // Any second works; only the even spread suffers. The dispatcher reads the second from the reminder later.
            LogUnassigned(fault, user.Key.ToString()!);
            return At(user, Window.SecondOf(user.GetUniformHashCode()));
        }
    }

    /// <summary>When a reminder in this second of the window ticks next.</summary>
    public DateTimeOffset At(GrainId user, int second) => Window.Next(second, user.GetUniformHashCode(), clock.GetUtcNow());

    public Task ReleaseAsync(GrainId user) => DispatcherOf(user).ReleaseAsync(user.Key.ToString()!);

    IShardedDispatcherGrain DispatcherOf(GrainId user) =>
        grains.GetGrain<IShardedDispatcherGrain>(DispatchShards.ShardOf(user.GetUniformHashCode(), dispatch.Value.Shards));

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The dispatcher of {UserId} cannot be reached; the hash of the user's id chooses the second of the window")]
    partial void LogUnassigned(Exception fault, string userId);
}
