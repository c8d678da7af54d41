namespace Alerts.SharedData.Retention;

/// <summary>Sees to it that what is over its time is deleted, by one silo at a time; key <see cref="Key"/>.</summary>
[Alias("Alerts.IRetentionGrain")]
public interface IRetentionGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>The one key.</summary>
    const string Key = "shared";

    /// <summary>Sets up the reminder; once it is there nothing changes but its period.</summary>
    [Alias("StartAsync")]
    Task StartAsync();
}
