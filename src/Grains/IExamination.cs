using Alerts.Cluster;

namespace Alerts;

/// <summary>Looks at one thing that a silo depends on, and says what to do where it is not well.</summary>
public interface IExamination
{
    /// <summary>What is looked at, for a finding of one that does not end or fails.</summary>
    string Subject { get; }

    /// <summary>Looks. A fault becomes a finding with its own words, so they must hold no secret.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken);
}
