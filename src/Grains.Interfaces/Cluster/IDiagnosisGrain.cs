namespace Alerts.Cluster;

/// <summary>Looks at what a silo depends on: databases, Redis, the mail server, the sender's domain, eBay; any key.</summary>
[Alias("Alerts.IDiagnosisGrain")]
public interface IDiagnosisGrain : IGrainWithIntegerKey
{
    /// <summary>Looks at everything now, for some seconds at most.</summary>
    [Alias("ExamineAsync")]
    Task<Diagnosis> ExamineAsync();
}
