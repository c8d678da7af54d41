using Alerts.Gateway.Access;
using Alerts.Gateway.Requests.Operations;

namespace Alerts.Gateway.Cluster;

/// <summary><c>/v1/cluster</c>: what operators ask first.</summary>
static class ClusterApi
{
    public static void MapCluster(this RouteGroupBuilder v1) => v1
        .MapGet("/cluster", (ClusterReader reader, CancellationToken cancellationToken) => reader.ReadAsync(cancellationToken))
        .WithTags("Operations")
        .Named("getCluster", "The cluster's silos, what is active on them, how users lie in the reminder window, the writers of the shared data, the calls left to eBay, and the mails that did not leave.")
        .RequireAuthorization(AccessPolicies.Administrators);
}
