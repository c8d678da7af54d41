namespace Alerts.Cluster.Tests;

public sealed class GrainStorageOnSqliteTests(EmbeddedSilo silo) : GrainStorageContract(silo), IClassFixture<EmbeddedSilo>;
