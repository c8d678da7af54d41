namespace Alerts.Cluster.Tests;

public sealed class DispatcherOnSqliteTests(EmbeddedSilo silo) : DispatcherContract(silo), IClassFixture<EmbeddedSilo>;
