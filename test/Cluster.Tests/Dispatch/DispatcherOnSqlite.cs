namespace Alerts.Cluster.Tests;

public sealed class DispatcherOnSqlite(EmbeddedSilo silo) : DispatcherContract(silo), IClassFixture<EmbeddedSilo>;
