namespace Alerts.Cluster.Tests;

public sealed class DispatcherOnMariaDb(ClusterSilo silo) : DispatcherContract(silo), IClassFixture<ClusterSilo>;
