using Orleans.Concurrency;

namespace Alerts;

/// <summary>One user, key <see cref="UserId"/>: settings, what was seen, what is to be mailed; its durable reminder drives every check.</summary>
[Alias("Alerts.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>Stores a new user, sets up the reminder and starts the first check. Repeated with the same id it changes nothing.</summary>
    [Alias("EnrolAsync")]
    Task<UserView> EnrolAsync(UserSettings settings);

    /// <summary>The user, or null when there is none.</summary>
    [Alias("GetAsync"), AlwaysInterleave]
    Task<UserView?> GetAsync();

    /// <summary>Erases the user: state, reminder, address and delivery log. False when there was none.</summary>
    [Alias("DeleteAsync")]
    Task<bool> DeleteAsync();
}
