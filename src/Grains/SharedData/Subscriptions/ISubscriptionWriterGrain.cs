namespace Alerts.SharedData.Subscriptions;

/// <summary>Writes the <see cref="Streams.Settings"/> stream into the shared database; key <see cref="Key"/>.</summary>
[Alias("Alerts.ISubscriptionWriterGrain")]
public interface ISubscriptionWriterGrain : IGrainWithStringKey
{
    /// <summary>The one key: settings change seldom.</summary>
    const string Key = "all";
}
