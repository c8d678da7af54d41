namespace Alerts.Cluster.Tests;

public sealed class DispatcherOnMariaDbTests(ClusterSilo silo) : DispatcherContract(silo), IClassFixture<ClusterSilo>;
