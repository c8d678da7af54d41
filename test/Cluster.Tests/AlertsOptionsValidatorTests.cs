using Alerts.Configuration;
using Alerts.Silo;

namespace Alerts.Cluster.Tests;

public sealed class AlertsOptionsValidatorTests
{
    static AlertsOptions Complete => new() { Mode = AlertsMode.Cluster, Redis = "redis", MySql = "Server=db", SharedMySql = "Server=db", SiloAddress = "10.0.0.1" };

    public static TheoryData<string, Action<AlertsOptions>> Lacks => new()
    {
        { "Alerts__Redis is missing", options => options.Redis = null },
        { "Alerts__MySql is missing", options => options.MySql = " " },
        { "Alerts__SharedMySql is missing", options => options.SharedMySql = null },
        { "Alerts__Database cannot be Sqlite", options => options.Database = DatabaseKind.Sqlite },
        { "Alerts__SiloAddress must be an IP address", options => options.SiloAddress = "silo-1" },
        { "Alerts__MySql is not a connection string", options => options.MySql = "Server=db;Pasword=word" },
        { "Alerts__MySql is not a connection string", options => options.MySql = "db" },
        { "Alerts__SharedMySql is not a connection string", options => options.SharedMySql = "Server=db;Port=many" },
        { "Alerts__Redis is not a connection string", options => options.Redis = "redis,pasword=word" },
        { "Alerts__RedisAuthority: there is no file /nowhere", options => options.RedisAuthority = "/nowhere" },
    };

    [Fact]
    public void Complete_settings_of_a_cluster_pass() => Assert.True(new AlertsOptionsValidator().Validate(null, Complete).Succeeded);

    [Fact]
    public void Embedded_mode_needs_no_setting() => Assert.True(new AlertsOptionsValidator().Validate(null, new AlertsOptions()).Succeeded);

    [Fact]
    public void One_process_may_use_MySQL_and_then_needs_its_connection_strings() => Assert.Equal(
        ["Alerts__MySql is missing", "Alerts__SharedMySql is missing"],
        new AlertsOptionsValidator().Validate(null, new AlertsOptions { Database = DatabaseKind.MySql }).Failures!.Select(fault => fault.Split(':')[0]));

    [Theory]
    [MemberData(nameof(Lacks))]
    public void One_fault_is_named_alone(string message, Action<AlertsOptions> spoil)
    {
        var options = Complete;
        spoil(options);
        Assert.StartsWith(message, Assert.Single(new AlertsOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
    }
}
