using System.Globalization;
using System.Text.RegularExpressions;
using Alerts.Testing;

namespace Alerts.EndToEnd.Operations;

/// <summary>What the container images rely on: secrets as files, a health command, marketplace and mailbox on their own.</summary>
public sealed partial class ContainersTests
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_setting_may_be_a_file_and_an_empty_file_is_no_setting()
    {
        using var folder = new TempFolder();
        using var secrets = new TempFolder();
        await File.WriteAllTextAsync(secrets["Alerts__Ebay__ClientId"], "from-a-file\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(secrets["Alerts__Ebay__ClientSecret"], "", TestContext.Current.CancellationToken);
        await using var gateway = AlertsProgram.Start("src/Gateway", "Alerts.Gateway", folder, new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Alerts__SecretsDirectory"] = secrets.FullPath,
        });

        await gateway.WaitForExitAsync(Deadline());

        Assert.Equal(1, gateway.ExitCode);
        Assert.DoesNotContain("Alerts:Ebay:ClientId", gateway.Said(), StringComparison.Ordinal);
        Assert.Contains("Alerts:Ebay:ClientSecret", gateway.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marketplace_and_mailbox_run_on_their_own_until_they_are_asked_to_end()
    {
        using var folder = new TempFolder();
        await using var sinks = AlertsProgram.Start("demo", "Alerts.demo", folder, new Dictionary<string, string?>
        {
            ["Demo__MarketplacePort"] = "0", ["Demo__MailboxPort"] = "0", ["Demo__SmtpPort"] = "0", ["Demo__BindAddress"] = "127.0.0.1",
        }, "sinks");
        var said = Addresses().Match(await sinks.SaysAsync("Marketplace at", Deadline()));
        var (marketplace, mailbox) = (said.Groups["marketplace"].Value, said.Groups["mailbox"].Value);

        Assert.Equal(0, await HealthAsync(mailbox));
        Assert.Equal(1, await HealthAsync(marketplace + "developer/analytics/v1_beta/rate_limit")); // refused: no token
        Assert.Equal(2, await HealthAsync("nowhere"));
        using var smtp = new System.Net.Sockets.TcpClient();
        await smtp.ConnectAsync("127.0.0.1", int.Parse(said.Groups["smtp"].Value, CultureInfo.InvariantCulture), Deadline());
        await sinks.StopAsync(Deadline());
        Assert.Equal(0, sinks.ExitCode);
        Assert.Equal(1, await HealthAsync(mailbox));

        async Task<int> HealthAsync(string url)
        {
            await using var health = AlertsProgram.Start("src/Silo", "Alerts.Silo", folder, [], "health", url);
            await health.WaitForExitAsync(Deadline());
            return health.ExitCode;
        }
    }

    [Theory]
    [InlineData("src/Silo/Dockerfile")]
    [InlineData("src/Gateway/Dockerfile")]
    [InlineData("demo/Dockerfile")]
    public async Task An_image_is_built_with_every_file_that_rules_the_build(string dockerfile)
    {
        var root = new DirectoryInfo(RepositoryRoot.FullPath);
        var rules = root.GetFiles("Directory.*").Concat(root.GetFiles("global.json")).Concat(root.GetFiles(".editorconfig")).Select(file => file.Name).ToArray();
        var copied = (await File.ReadAllLinesAsync(Path.Combine(root.FullName, dockerfile), TestContext.Current.CancellationToken))
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')).ToHashSet();

        Assert.True(rules.Length >= 5);
        Assert.Subset(copied, rules.ToHashSet());
    }

    static CancellationToken Deadline()
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(patience);
        return deadline.Token;
    }

    [GeneratedRegex(@"Marketplace at (?<marketplace>\S+), mailbox at (?<mailbox>\S+), SMTP on port (?<smtp>\d+)")]
    private static partial Regex Addresses();
}
