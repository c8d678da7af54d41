namespace Alerts.Cluster;

/// <summary>Answers: then a silo takes calls and starts grains. Any key; on the silo that is asked, so that no other silo's trouble shows.</summary>
[Alias("Alerts.IReadinessGrain")]
public interface IReadinessGrain : IGrainWithIntegerKey
{
    /// <summary>Does nothing.</summary>
    [Alias("AnswerAsync")]
    Task AnswerAsync();
}
