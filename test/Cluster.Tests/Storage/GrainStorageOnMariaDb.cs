namespace Alerts.Cluster.Tests;

public sealed class GrainStorageOnMariaDb(ClusterSilo silo) : GrainStorageContract(silo), IClassFixture<ClusterSilo>;
