namespace Alerts.Cluster.Tests;

public sealed class RemindersOnMariaDb(ClusterSilo silo) : RemindersContract(silo), IClassFixture<ClusterSilo>;
