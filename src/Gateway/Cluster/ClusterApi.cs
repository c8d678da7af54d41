using Alerts.Gateway.Access;
using Alerts.Gateway.Requests.Operations;

namespace Alerts.Gateway.Cluster;

/// <summary><c>/v1/cluster</c>: an overview for operators.</summary>
static class ClusterApi
{
    public static void MapCluster(this RouteGroupBuilder v1) => v1
        .MapGet("/cluster", (ClusterReader reader, CancellationToken cancellationToken) => reader.ReadAsync(cancellationToken))
        .WithTags("Operations")
        .Named("getCluster",
            "Read the state of the cluster: silos, active grains, users in the reminder window, writers of the shared data, calls left to "
            + "eBay, and failed mails.")
        .RequireAuthorization(AccessPolicies.Administrators);
}
