using Alerts.Cluster;
using Orleans.Concurrency;

namespace Alerts;

/// <summary>Makes all examinations side by side. One that does not end in time is a finding itself.</summary>
[StatelessWorker(1)]
public sealed class DiagnosisGrain(IEnumerable<IExamination> examinations) : Grain, IDiagnosisGrain
{
    /// <summary>Less than a gateway waits for a grain.</summary>
    static readonly TimeSpan patience = TimeSpan.FromSeconds(7);

    /// <inheritdoc />
    public async Task<Diagnosis> ExamineAsync()
    {
        // The clocks of machines and networks are what is looked at, so this is not the service's.
        using var limit = new CancellationTokenSource(patience);
        var findings = await Task.WhenAll(examinations.Select(one => ExamineAsync(one, limit.Token)));
        return new Diagnosis(TimeProvider.System.GetUtcNow(), [.. findings.SelectMany(found => found)]);
    }

    static async Task<IReadOnlyList<Finding>> ExamineAsync(IExamination examination, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => examination.ExamineAsync(cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return [Finding.Wrong($"{examination.Subject}: no answer within {patience.TotalSeconds:0} s.",
                "Look whether it runs, and whether the network lets this silo reach it.")];
        }
        catch (Exception fault)
        {
            return [Finding.Wrong($"{examination.Subject}: {fault.Message}", "Look at the settings of it, and at the silo's log.")];
        }
    }
}
