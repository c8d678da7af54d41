namespace Alerts.Cluster.Tests;

public sealed class RemindersOnSqlite(EmbeddedSilo silo) : RemindersContract(silo), IClassFixture<EmbeddedSilo>;
