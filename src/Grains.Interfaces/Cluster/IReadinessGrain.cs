namespace Alerts.Cluster;

/// <summary>
/// An answer shows that a silo accepts calls and activates grains. Any key. It runs on the silo that is asked, so faults of other silos do
/// not matter.
/// </summary>
[Alias("Alerts.IReadinessGrain")]
public interface IReadinessGrain : IGrainWithIntegerKey
{
    /// <summary>Does nothing.</summary>
    [Alias("AnswerAsync")]
    Task AnswerAsync();
}
