namespace Alerts.SharedData.Retention;

/// <summary>Deletes old rows of the shared data, in one silo at a time; the key is <see cref="Key"/>.</summary>
[Alias("Alerts.IRetentionGrain")]
public interface IRetentionGrain : IGrainWithStringKey, IRemindable
{
    const string Key = "shared";

    /// <summary>Sets up the reminder. An existing one only gets the configured period.</summary>
    [Alias("StartAsync")]
    Task StartAsync();
}
