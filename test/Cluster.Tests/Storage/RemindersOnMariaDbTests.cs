namespace Alerts.Cluster.Tests;

public sealed class RemindersOnMariaDbTests(ClusterSilo silo) : RemindersContract(silo), IClassFixture<ClusterSilo>;
