namespace Alerts.SharedData.Subscriptions;

/// <summary>Writes the <see cref="Streams.Settings"/> stream to the shared database; the key is <see cref="Key"/>.</summary>
[Alias("Alerts.ISubscriptionWriterGrain")]
public interface ISubscriptionWriterGrain : IGrainWithStringKey
{
    /// <summary>One key for all: settings change rarely.</summary>
    const string Key = "all";
}
