using Alerts.Configuration;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Alerts.Tests.Tokens;

public sealed class SigningKeyTests : IDisposable
{
    const string Ann = "u-0123456789abcdef0123456789abcdef";
    readonly string folder = Directory.CreateTempSubdirectory("alerts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_embedded_service_keeps_the_key_it_made()
    {
        var token = Tokens().Issue(LinkPurpose.Manage, Ann, 1);

        Assert.NotNull(await Tokens().ReadAsync(token, LinkPurpose.Manage));
        Assert.Equal(["signing-key"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_key_file_is_readable_by_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");

        Tokens();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "signing-key")));
    }

    [Fact]
    public async Task Services_that_start_at_once_agree_on_one_key()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Tokens())));

        foreach (var tokens in all)
            Assert.NotNull(await all[0].ReadAsync(tokens.Issue(LinkPurpose.Manage, Ann, 1), LinkPurpose.Manage));
    }

    [Fact]
    public void A_cluster_without_a_key_says_so()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Tokens(options => options.Mode = AlertsMode.Cluster));

        Assert.Contains("Alerts:SigningKey", refused.Message, StringComparison.Ordinal);
    }

    LinkTokens Tokens(Action<AlertsOptions>? configure = null) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .Configure<AlertsOptions>(options =>
        {
            options.DataDirectory = folder;
            configure?.Invoke(options);
        })
        .AddLinkTokens()
        .BuildServiceProvider()
        .GetRequiredService<LinkTokens>();
}
