using Alerts.Cluster;
using Orleans.Concurrency;

namespace Alerts;

/// <summary>Needs neither the membership table nor a database: a gateway stays ready while silos serve without Redis.</summary>
[StatelessWorker(1)]
public sealed class ReadinessGrain : Grain, IReadinessGrain
{
    public Task AnswerAsync() => Task.CompletedTask;
}
