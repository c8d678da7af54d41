using Alerts.Testing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Alerts.EndToEnd.Operations;

/// <summary>docker-compose.yml without Docker: what it names is there.</summary>
public sealed class ComposeTests
{
    static readonly Dictionary<object, object> compose = Read();

    [Fact]
    public void Every_setting_named_there_is_one()
    {
        var named = Services().SelectMany(service => Map(service.Value, "environment").Keys.Concat(Targets(service.Value)).Cast<string>()).ToList();

        Assert.Contains("Alerts__SiloPort", named);
        Assert.Empty(KnownSettings.Unknown(named));
    }

    [Fact]
    public async Task Every_secret_is_declared_and_made_by_make_secrets()
    {
        using var folder = new TempFolder();
        await using var make = ChildProcess.Start(
            "sh", [Path.Combine(RepositoryRoot.FullPath, "deploy", "make-secrets")], new Dictionary<string, string?> { ["SECRETS_DIRECTORY"] = folder.FullPath });
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        var declared = Map(compose, "secrets");

        Assert.Equal(0, make.ExitCode);
        Assert.Empty(Services().SelectMany(service => Sources(service.Value)).Except(declared.Keys.Cast<string>()));
        Assert.All(declared.Keys, name => Assert.True(File.Exists(folder[((string)Map(declared, name)["file"]).Replace("./deploy/secrets/", "", StringComparison.Ordinal)]), (string)name));
    }

    [Fact]
    public void A_gateway_gets_neither_the_silos_database_accounts_nor_what_only_silos_need()
    {
        var gateway = Services()["gateway"];

        Assert.Equal(
            ["Alerts__ApiKeys__0", "Alerts__Redis", "Alerts__SigningKey", "alerts.crt", "alerts.key", "authority.crt", "gateway_mysql", "gateway_shared_mysql"],
            Sources(gateway).Order(StringComparer.Ordinal));
    }

    static Dictionary<object, object> Read()
    {
        using var file = File.OpenText(Path.Combine(RepositoryRoot.FullPath, "docker-compose.yml"));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(file)));
    }

    static Dictionary<object, object> Services() => Map(compose, "services");

    static Dictionary<object, object> Map(object of, object name) =>
        ((Dictionary<object, object>)of).GetValueOrDefault(name) as Dictionary<object, object> ?? [];

    /// <summary>The secrets of a service by their names at the foot of the file.</summary>
    static IEnumerable<string> Sources(object service) => Secrets(service).Select(secret => secret as string ?? (string)((Dictionary<object, object>)secret)["source"]);

    /// <summary>The same by the files that the container sees.</summary>
    static IEnumerable<string> Targets(object service) => Secrets(service).Select(secret => secret as string ?? (string)((Dictionary<object, object>)secret)["target"]);

    static IEnumerable<object> Secrets(object service) => ((Dictionary<object, object>)service).GetValueOrDefault("secrets") as IEnumerable<object> ?? [];
}
