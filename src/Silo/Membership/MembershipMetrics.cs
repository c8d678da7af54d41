using System.Diagnostics.Metrics;

namespace Alerts.Silo.Membership;

/// <summary>Whether Redis answers. Not used in embedded mode.</summary>
sealed class MembershipMetrics
{
    public MembershipMetrics(IMeterFactory meters) => meters.Create("Alerts.Cluster").CreateObservableGauge(
        "alerts.membership.readable", () =>
            IsReadable ? 1 : 0, "1", "1 while Redis says who is in the cluster, 0 while it does not answer.");

    public bool IsReadable { get; set; } = true;
}
