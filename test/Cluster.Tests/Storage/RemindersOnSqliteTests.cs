namespace Alerts.Cluster.Tests;

public sealed class RemindersOnSqliteTests(EmbeddedSilo silo) : RemindersContract(silo), IClassFixture<EmbeddedSilo>;
