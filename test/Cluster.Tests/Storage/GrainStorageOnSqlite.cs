namespace Alerts.Cluster.Tests;

public sealed class GrainStorageOnSqlite(EmbeddedSilo silo) : GrainStorageContract(silo), IClassFixture<EmbeddedSilo>;
